// The process that runs the workflows of one host: `node worker.js <ours|official|bare> <task queue>`,
// with the server in TEMPORAL_ADDRESS. With `--one-thread` workflows run in the main thread, where their heap
// can be measured. Otherwise the worker is as the SDK makes it by default, for each host alike.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { bundleWorkflows } from '../lab/bundle.js';
import { compiled } from '../lab/clone.js';
import { connectionOptions } from '../lab/connect.js';
import type { Heap, Usage } from './worker-process.js';

async function main(host: string, taskQueue: string, isOneThread: boolean): Promise<void> {
  Runtime.install({
    // A workflow that is terminated while a task of it runs is how a bench ends; only errors matter.
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
  });
  const server = {
    address: process.env.TEMPORAL_ADDRESS ?? '',
    namespace: process.env.TEMPORAL_NAMESPACE ?? 'default',
  };
  const connection = await NativeConnection.connect(connectionOptions(server));
  const worker = await Worker.create({
    connection,
    namespace: server.namespace,
    taskQueue,
    workflowBundle: await bundleWorkflows(`bench-${host}`, {
      workflowsPath: compiled('bench', 'hosts', `${host}.js`),
      sources: [compiled('stream'), compiled('bench', 'hosts')],
    }),
    debugMode: isOneThread,
  });
  // The channel closes when the parent asks for the end, and when the parent dies.
  process.once('disconnect', () => worker.shutdown());
  process.on('message', (question) => process.send?.(answer(question)));
  const finished = worker.run();
  process.send?.('ready');
  await finished;
  await connection.close();
}

/** Collects garbage whatever the flags are that Node was started with. */
const collectGarbage: () => void = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
})();

function answer(question: unknown): Usage | Heap {
  if (question === 'heap') {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return { heapBytes: heapUsed + external };
  }
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1_000 };
}

main(process.argv[2] ?? '', process.argv[3] ?? '', process.argv.includes('--one-thread')).then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
