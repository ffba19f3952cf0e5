import { type Child, startChild } from '../lab/child.js';
import { compiled } from '../lab/clone.js';
import { isRemote, type Reachable } from '../lab/connect.js';
import { childEnv } from '../lab/env.js';
import type { HostName } from './sides.js';

/** What a worker has used since it was started. */
export interface Usage {
  /** Processor time of all its threads, in milliseconds. */
  cpuMs: number;
}

/** What a worker keeps. */
export interface Heap {
  /** Heap and buffers of its main thread after a garbage collection, in bytes. */
  heapBytes: number;
}

/** A worker of the bench in a process of its own, whose processor time is nobody else's. */
export interface BenchWorker {
  taskQueue: string;
  usage(): Promise<Usage>;
  heap(): Promise<Heap>;
  stop(): Promise<void>;
}

/** Time for the workflow tasks under way when a bench is over. */
const STOP_GRACE_MS = 5_000;

/**
 * Starts the worker of a host, with a task queue that has the host's name.
 *
 * @param oneThread - whether to run workflows in the main thread, so that {@link Heap} tells theirs
 * @throws LabError `child-failed`, with what it wrote, when it does not get ready
 */
export async function startBenchWorker(
  host: HostName,
  { address, namespace }: Reachable,
  { oneThread = false } = {},
): Promise<BenchWorker> {
  const waiting: ((answer: unknown) => void)[] = [];
  const remote = isRemote({ address, namespace });
  const taskQueue = oneThread ? `${host}-one-thread` : host;
  const args = [host, taskQueue, ...(oneThread ? ['--one-thread'] : [])];
  const child: Child = await startChild(compiled('bench', 'worker.js'), args, {
    env: childEnv(process.env, [], { address, namespace, remote }),
    graceMs: STOP_GRACE_MS,
    onMessage: (message) => waiting.shift()?.(message),
    onStderr: (text) => process.stderr.write(text),
  });
  const ended = child.exited.then(() => {
    throw new Error(`The worker of "${host}" has ended.`);
  });
  ended.catch(() => {});
  const ask = async <T>(question: string): Promise<T> => {
    const answer = new Promise<unknown>((resolve) => waiting.push(resolve));
    child.send(question);
    return (await Promise.race([answer, ended])) as T;
  };
  return {
    taskQueue,
    usage: () => ask('usage'),
    heap: () => ask('heap'),
    stop: () => child.stop(),
  };
}
