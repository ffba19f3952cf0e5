import type { Client } from '@temporalio/client';
import { connect } from './connect.js';
import { announce, toStderr } from './progress.js';
import { openServer, type ServerOptions } from './server/open.js';
import type { TemporalServer } from './server/types.js';
import { startWorker, type WorkerOptions, type WorkerProcess } from './worker-process.js';

/** Everything that a scenario runs on. */
export interface Lab {
  client: Client;
  server: TemporalServer;
  worker: WorkerProcess;
  /** Stops what was started, in the reverse order. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** How {@link openLab} goes about it. */
export type LabOptions = ServerOptions & WorkerOptions;

/**
 * Opens what a scenario runs on: a Temporal server (found, reused or started), the scenario's
 * worker, and a client.
 *
 * ```ts
 * const lab = await openLab('order');
 * const handle = await lab.client.workflow.start('orderWorkflow', { … });
 * await lab.close();
 * ```
 *
 * Nothing of it keeps the process alive once it is closed, and nothing outlives the process.
 *
 * @param scenario - its name, as `order`
 * @throws LabError as `openServer` and `startWorker` do
 */
export async function openLab(scenario: string, options: LabOptions = {}): Promise<Lab> {
  const { onProgress = toStderr } = options;
  const ends: (() => Promise<void>)[] = [];
  // Taken out as they run, so that closing twice is closing once.
  const close = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) await end();
  };
  try {
    const server = await openServer(options);
    ends.push(() => server.stop());
    const worker = await announce(
      `Starting the worker of "${scenario}"`,
      () => startWorker(scenario, server, options),
      onProgress,
    );
    ends.push(() => worker.stop());
    const client = await connect(server);
    ends.push(() => client.connection.close());
    return { client, server, worker, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}
