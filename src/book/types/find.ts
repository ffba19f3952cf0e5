/** A thread that finds the types of the book in a folder, so that whoever started it need not wait. */
import { workerData } from 'node:worker_threads';
import { loadDraft } from '../book.js';
import { typesOf } from './cache.js';

typesOf(loadDraft(String(workerData)).book);
