/** What was measured, as `bench/results.json` keeps it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inClone } from '../lab/clone.js';

/** A measurement that succeeded in every round. */
export interface Measured {
  /** The median over the rounds. */
  value: number;
  /** The lowest of the rounds. */
  low: number;
  /** The highest of the rounds. */
  high: number;
  /** What it counts, as `ms`. */
  unit: string;
  /** How many rounds there were. */
  rounds: number;
}

/** A measurement that failed in at least one round. */
export interface Failed {
  /** In how many rounds, and why. */
  failed: string;
  unit: string;
  rounds: number;
}

export type Figure = Measured | Failed;

/** Figures by their ids: paths such as `latency/25/ours/p99`. */
export type Figures = Readonly<Record<string, Figure>>;

/** What the last run was made on. */
export interface About {
  /** Day of the run, as `2026-11-25`. */
  date: string;
  /** Version of the Temporal server. */
  server: string;
  /** Version of the Temporal SDK. */
  sdk: string;
  /** Version of `@temporalio/workflow-streams`. */
  official: string;
  node: string;
  /** How many processors, and which. */
  cpus: string;
  /** What was typed. */
  command: string;
}

/** The whole of `results.json`. */
export interface Results {
  about: About;
  figures: Figures;
}

/** Where the results of this book are committed. */
export const resultsFolder = (): string => inClone('bench');

/** The file of results in a folder. */
export const resultsFile = (folder: string): string => join(folder, 'results.json');

/**
 * Reads results.
 *
 * @param folder - @defaultValue `bench` in this clone
 * @throws Error when there are none, or they are no JSON
 */
export function readResults(folder = resultsFolder()): Results {
  const file = resultsFile(folder);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Results;
  } catch (cause) {
    throw new Error(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** True for a figure that has a value. */
export function isMeasured(figure: Figure | undefined): figure is Measured {
  return figure !== undefined && 'value' in figure;
}

/** The first word of an id, by which figures belong together: `latency`. */
export function topicOf(id: string): string {
  return id.split('/')[0] ?? id;
}

/**
 * Replaces all figures of the topics that were measured anew, and keeps the others.
 *
 * @param old - figures from before
 * @param fresh - what has just been measured
 * @param topics - first words of the ids that the run was to measure
 */
export function merged(old: Figures, fresh: Figures, topics: readonly string[]): Figures {
  const kept = Object.entries(old).filter(([id]) => !topics.includes(topicOf(id)));
  return sorted({ ...Object.fromEntries(kept), ...fresh });
}

/** Figures in the order of their ids, numbers in the order of numbers, so that a diff shows what changed. */
function sorted(figures: Figures): Figures {
  const { compare } = new Intl.Collator('en', { numeric: true });
  return Object.fromEntries(Object.entries(figures).sort(([a], [b]) => compare(a, b)));
}
