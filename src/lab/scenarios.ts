import { compiled } from './clone.js';
import { LabError } from './errors.js';

/** What a worker needs to run a scenario. */
export interface Scenario {
  taskQueue: string;
  /** Module that exports the workflows; the worker bundles it for their sandbox. */
  workflowsPath: string;
  /** Loads the activities, in the worker's process only. */
  activities: () => Promise<object>;
  /** Secrets and settings that the worker may see beside what every child needs. */
  env: readonly string[];
}

const SCENARIOS: Record<string, Scenario> = {
  order: {
    taskQueue: 'order',
    workflowsPath: compiled('order', 'workflow.js'),
    activities: () => import('../order/activities.js'),
    env: [],
  },
};

/**
 * The scenario of that name.
 *
 * @throws LabError `unknown-scenario`, with the names that there are
 */
export function scenarioNamed(name: string): Scenario {
  const scenario = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
  if (scenario) return scenario;
  throw new LabError(
    'unknown-scenario',
    `There is no scenario "${name}". There are: ${Object.keys(SCENARIOS).join(', ')}.`,
  );
}
