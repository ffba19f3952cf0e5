/** What a bench runs on: a server of its own, and a worker for each host. */
import { setMaxListeners } from 'node:events';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { connect } from '../lab/connect.js';
import type { ServerLimits } from '../lab/server/embedded.js';
import { openServer } from '../lab/server/open.js';
import type { TemporalServer } from '../lab/server/types.js';
import { connectUntil } from './connection.js';
import { type End, type EndOptions, openEnd } from './ends.js';
import { type HostName, SIDES, type SideName } from './sides.js';
import { type BenchWorker, startBenchWorker } from './worker-process.js';

/** A server and its workers, which nobody else uses. */
export interface Stage {
  server: TemporalServer;
  client: Client;
  /** The worker that runs a side's workflows; started when it is first asked for. */
  workerOf(side: SideName): Promise<BenchWorker>;
  /** Aborted when the bench is stopped. */
  signal: AbortSignal;
  close(): Promise<void>;
}

/**
 * Starts a server on data of its own, which are removed with it.
 *
 * @param signal - stops whatever runs on the stage
 * @param limits - of the server, where they are not Temporal's own
 * @throws LabError as `openServer` does
 */
export async function openStage(signal: AbortSignal, limits: ServerLimits = {}): Promise<Stage> {
  const server = await openServer({ limits });
  const client = await connect(server);
  const workers = new Map<HostName, Promise<BenchWorker>>();
  return {
    server,
    client,
    signal,
    workerOf(side) {
      const { host } = SIDES[side];
      const worker = workers.get(host) ?? startBenchWorker(host, server);
      workers.set(host, worker);
      return worker;
    },
    async close() {
      const started = await Promise.allSettled(workers.values());
      const running = started.filter((worker) => worker.status === 'fulfilled');
      await Promise.all(running.map(({ value }) => value.stop()));
      await client.connection.close();
      await server.stop();
    },
  };
}

/** One workflow of one side, and everything that is connected to it. */
export interface Scene {
  workflow: WorkflowHandle;
  worker: BenchWorker;
  /** Opens a client of the workflow's stream. */
  open(options?: Pick<EndOptions, 'batchInterval'>): End;
}

/** How a scene is set. */
export interface SceneOptions {
  side: SideName;
  /** The workflow to start; only ours has `soaking`. @defaultValue `hosting` */
  workflow?: 'hosting' | 'finishing' | 'soaking';
  args?: unknown[];
  /** @defaultValue the stage's worker of that side */
  worker?: BenchWorker;
  /** Most seconds that it may take before it has failed. */
  limitSeconds: number;
}

/**
 * Plays a scene on a connection and a workflow of its own, and clears both away, with every call that
 * is still under way.
 *
 * @param play - does the measuring
 * @throws Error when it takes too long, or the bench was stopped
 */
export async function playScene<T>(
  stage: Stage,
  { side, workflow = 'hosting', args = [], limitSeconds, ...options }: SceneOptions,
  play: (scene: Scene) => Promise<T>,
): Promise<T> {
  const worker = options.worker ?? (await stage.workerOf(side));
  const workflowId = `${side}-${crypto.randomUUID()}`;
  const over = new AbortController();
  // Every reader listens.
  setMaxListeners(0, over.signal);
  const ends: End[] = [];
  const { signal: done } = over;
  const limit = new Promise<never>((_, reject) => {
    const fail = (reason: string) => reject(new Error(reason));
    const timer = setTimeout(() => fail(`not done after ${limitSeconds} s`), limitSeconds * 1_000);
    done.addEventListener('abort', () => clearTimeout(timer));
    const stopped = () => fail('the bench was stopped');
    stage.signal.addEventListener('abort', stopped, { signal: done });
  });
  const act = async (): Promise<T> => {
    stage.signal.throwIfAborted();
    const client = await connectUntil(stage.server, done);
    const { taskQueue } = worker;
    const handle = await client.workflow.start(workflow, { taskQueue, workflowId, args });
    const open: Scene['open'] = (settings) => {
      const end = openEnd(side, { client, workflowId, signal: done, ...settings });
      ends.push(end);
      return end;
    };
    return play({ workflow: handle, worker, open });
  };
  try {
    return await Promise.race([limit, act()]);
  } finally {
    over.abort();
    // A workflow that has returned cannot be terminated any more.
    const left = stage.client.workflow.getHandle(workflowId);
    await left.terminate().catch(() => {});
    // What could not be sent will never be, now that there is no connection.
    void Promise.allSettled(ends.map((end) => end.close()));
  }
}
