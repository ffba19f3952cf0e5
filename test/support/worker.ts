import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  type RuntimeOptions,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';

/** A client and a worker in this process, for workflows that only a test needs. */
export interface TestWorker {
  client: Client;
  taskQueue: string;
  /** A workflow id that no other test uses. */
  newId(name: string): string;
  stop(): Promise<void>;
}

let installed = false;

/** Sets up what all workers of this process share; only the first call counts. */
export function installRuntime(options: RuntimeOptions): void {
  if (!installed) Runtime.install(options);
  installed = true;
}

/**
 * Starts a worker for workflows of the test folder.
 *
 * @param workflows - URL of the module that exports them
 * @param runtime - for {@link installRuntime}
 * @param address - of another server than that of the test run
 */
export async function startTestWorker(
  workflows: URL,
  options: Partial<WorkerOptions> = {},
  runtime: RuntimeOptions = { logger: new DefaultLogger('ERROR') },
  address = process.env.TEMPORAL_ADDRESS,
): Promise<TestWorker> {
  if (!address) throw new Error('TEMPORAL_ADDRESS is not set: run this through vitest’s set-up.');
  installRuntime(runtime);
  const taskQueue = `test-${crypto.randomUUID()}`;
  const native = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowsPath: fileURLToPath(workflows),
    ...options,
  });
  const running = worker.run();
  const connection = await Connection.connect({ address });
  return {
    client: new Client({ connection }),
    taskQueue,
    newId: (name) => `${name}-${crypto.randomUUID()}`,
    async stop() {
      worker.shutdown();
      await running;
      await native.close();
      await connection.close();
    },
  };
}
