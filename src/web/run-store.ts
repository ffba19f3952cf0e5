import { readFileSync } from 'node:fs';
import { writeWhole } from '../lab/write.js';

/** What is kept of a run, so that a book that is started again finds it in Temporal. */
export interface KeptRun {
  id: string;
  scenario: string;
  workflowId: string;
  /** Those in force; they are checked again. */
  knobs: unknown;
}

/** The runs of earlier processes of this book, and of this one. */
export interface RunStore {
  find(id: string): KeptRun | undefined;
  /** Keeps a run, in place of what was kept of it before. */
  keep(run: KeptRun): void;
}

/** As many as a browser's tabs may ask for; the oldest go first. */
const MOST_RUNS = 100;

/**
 * Keeps runs in a file. One that is missing, or is no list of runs, is as good as an empty one: what it
 * held can still be found in Temporal's own web UI.
 *
 * @param file - absolute path
 */
export function openRunStore(file: string): RunStore {
  let runs = readRuns(file);
  return {
    find: (id) => runs.find((run) => run.id === id),
    keep(run) {
      runs = [...runs.filter(({ id }) => id !== run.id), run].slice(-MOST_RUNS);
      writeWhole(file, `${JSON.stringify(runs, undefined, 1)}\n`);
    },
  };
}

function readRuns(file: string): KeptRun[] {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(value) ? value.filter(isKeptRun) : [];
  } catch {
    return [];
  }
}

function isKeptRun(value: unknown): value is KeptRun {
  if (typeof value !== 'object' || value === null) return false;
  const { id, scenario, workflowId } = value as Record<string, unknown>;
  return [id, scenario, workflowId].every((text) => typeof text === 'string' && text !== '');
}
