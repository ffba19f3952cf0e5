import { type Child, type Exit, startChild } from './child.js';
import { compiled } from './clone.js';
import { isRemote, type Reachable } from './connect.js';
import { childEnv } from './env.js';
import { scenarioNamed } from './scenarios.js';

/** A worker in a process of its own, so that it can be killed without taking the lab along. */
export interface WorkerProcess {
  pid: number;
  exited: Promise<Exit>;
  /** Ends it as a crash would. @defaultValue `'SIGKILL'` */
  kill(signal?: NodeJS.Signals): void;
  /** Lets it finish what it is doing for a moment, then ends it. */
  stop(): Promise<void>;
}

/** How {@link startWorker} goes about it. */
export interface WorkerOptions {
  /** Receives the worker's warnings and errors. @defaultValue to standard error */
  onLog?: (text: string) => void;
  /**
   * What it takes its work from. Whoever kills a worker to see what happens gives it a queue of its
   * own, since another worker of the scenario would go on with the work.
   * @defaultValue the scenario's task queue
   */
  taskQueue?: string;
}

/** The worker leaves activities behind after two seconds itself. */
const STOP_GRACE_MS = 5_000;

/**
 * Starts the worker of a scenario and waits until it polls its task queue.
 *
 * @param scenario - its name, as `order`
 * @param server - from `openServer`
 * @throws LabError `unknown-scenario`; `child-failed`, with what it wrote, when it does not get there
 */
export async function startWorker(
  scenario: string,
  server: Reachable,
  { onLog = (text) => process.stderr.write(text), taskQueue }: WorkerOptions = {},
): Promise<WorkerProcess> {
  const { env } = scenarioNamed(scenario);
  const { address, namespace } = server;
  const args = taskQueue === undefined ? [scenario] : [scenario, taskQueue];
  const child: Child = await startChild(compiled('lab', 'worker.js'), args, {
    env: childEnv(process.env, env, { address, namespace, remote: isRemote(server) }),
    graceMs: STOP_GRACE_MS,
    onStderr: onLog,
  });
  const { pid, exited, kill, stop } = child;
  return { pid, exited, kill, stop };
}
