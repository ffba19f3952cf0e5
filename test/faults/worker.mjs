// A worker to be killed: `node worker.mjs <workflow bundle> <task queue>`, with the server in
// TEMPORAL_ADDRESS. JavaScript, since Node 20 runs no TypeScript.
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

// Before anything else: the test may be gone by the time that this worker runs.
process.once('disconnect', () => process.exit());
const [codePath, taskQueue] = process.argv.slice(2);
// A server that is away is what this worker is for; it is no news.
Runtime.install({ logger: new DefaultLogger('ERROR') });
const connection = await NativeConnection.connect({ address: process.env.TEMPORAL_ADDRESS });
const worker = await Worker.create({
  connection,
  taskQueue,
  workflowBundle: { codePath },
  // How long tasks wait for the worker that was killed; the SDK's ten seconds suit one that comes back.
  stickyQueueScheduleToStartTimeout: '1 second',
});
const finished = worker.run();
process.send?.('ready');
await finished;
