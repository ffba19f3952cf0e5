import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { compiled } from './clone.js';
import { LabError } from './errors.js';

/** What a worker needs to run a scenario. */
export interface Scenario {
  /** The scenario's name: each has a task queue, and so a worker, of its own. */
  taskQueue: string;
  /** Module that exports the workflows; the worker bundles it for their sandbox. */
  workflowsPath: string;
  /** Loads the activities, in the worker's process only; a scenario may have none. */
  activities: () => Promise<object>;
  /** Secrets and settings that the worker may see beside what every child needs. */
  env: readonly string[];
}

/** The scenarios of the book, in its order, and the variables that the worker of each may see. */
const WORKER_ENV: Record<string, readonly string[]> = {
  order: [],
  pipeline: [],
  hub: [],
  ticker: [],
  llm: ['OPENAI_API_KEY', 'OPENAI_BASE_URL'],
  endings: [],
  rollover: [],
  costs: [],
};

/**
 * The scenario of that name. Its workflows are `workflow.ts` of the folder of that name, and its
 * activities, if it has any, are `activities.ts`.
 *
 * @throws LabError `unknown-scenario`, with the names that there are
 */
export function scenarioNamed(name: string): Scenario {
  const env = Object.hasOwn(WORKER_ENV, name) ? WORKER_ENV[name] : undefined;
  if (env) {
    const workflowsPath = compiled(name, 'workflow.js');
    return { taskQueue: name, workflowsPath, activities: () => activitiesOf(name), env };
  }
  throw new LabError(
    'unknown-scenario',
    `There is no scenario "${name}". There are: ${Object.keys(WORKER_ENV).join(', ')}.`,
  );
}

async function activitiesOf(name: string): Promise<object> {
  const file = compiled(name, 'activities.js');
  return existsSync(file) ? await import(pathToFileURL(file).href) : {};
}
