// The process that runs the workflows of one host: `node worker.js <ours|official|bare> <task queue>`,
// with the server in TEMPORAL_ADDRESS. With `--one-thread` workflows run in the main thread, where their heap
// can be measured. Otherwise the worker is as the SDK makes it by default, for each host alike.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { bundleWorkflows } from '../lab/bundle.js';
import { compiled } from '../lab/clone.js';
import { type Connected, liveAsWorker } from '../lab/worker-main.js';
import type { Heap, Usage } from './worker-process.js';

async function create(host: string, taskQueue: string, server: Connected): Promise<Worker> {
  return Worker.create({
    ...server,
    taskQueue,
    workflowBundle: await bundleWorkflows(`bench-${host}`, {
      workflowsPath: compiled('bench', 'hosts', `${host}.js`),
      sources: [compiled('stream'), compiled('bench', 'hosts')],
    }),
    debugMode: process.argv.includes('--one-thread'),
  });
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

const [, , host = '', taskQueue = ''] = process.argv;
Runtime.install({
  // A workflow that is terminated while a task of it runs is how a bench ends; only errors matter.
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});
process.on('message', (question) => process.send?.(answer(question)));
await liveAsWorker((server) => create(host, taskQueue, server));
