import { NativeConnection, type Worker, type WorkerOptions } from '@temporalio/worker';
import { connectionOptions } from './connect.js';

/** How a worker reaches its server. */
export type Connected = Required<Pick<WorkerOptions, 'connection' | 'namespace'>>;

/**
 * Is the whole life of a worker's process: connects to the server in TEMPORAL_ADDRESS, tells the parent
 * when the worker is ready, runs it until the parent asks for the end or dies, and exits.
 *
 * @param create - makes the worker
 */
export async function liveAsWorker(create: (server: Connected) => Promise<Worker>): Promise<never> {
  try {
    await serve(create);
  } catch (error) {
    process.stderr.write(`${(error as Error).stack}\n`);
    process.exit(1);
  }
  process.exit(0);
}

async function serve(create: (server: Connected) => Promise<Worker>): Promise<void> {
  const address = process.env.TEMPORAL_ADDRESS ?? '';
  const namespace = process.env.TEMPORAL_NAMESPACE ?? 'default';
  const connection = await NativeConnection.connect(connectionOptions({ address, namespace }));
  const worker = await create({ connection, namespace });
  // The channel closes when the parent asks for the end, and when the parent dies.
  process.once('disconnect', () => worker.shutdown());
  const finished = worker.run();
  process.send?.('ready');
  await finished;
  await connection.close();
}
