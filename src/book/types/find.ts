/** A thread that finds the types of the book in a folder, so that whoever started it need not wait. */
import { workerData } from 'node:worker_threads';
import { loadSoundBook } from '../book.js';
import { typesOf } from './cache.js';

typesOf(loadSoundBook(String(workerData)));
