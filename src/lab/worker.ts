// The process that runs a scenario's workflows and activities: `node worker.js <scenario> [task queue]`,
// with the server in TEMPORAL_ADDRESS. It is a process of its own so that it can be killed.
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { bundleWorkflows, sourcesOf } from './bundle.js';
import { onceInAWhile } from './once-in-a-while.js';
import { scenarioNamed } from './scenarios.js';
import { type Connected, liveAsWorker } from './worker-main.js';

/**
 * How long work waits for a worker that knows the workflow already, before any other worker gets it.
 * The SDK's ten seconds suit a worker that comes back; the book kills its workers.
 */
const STICKY_TIMEOUT = '1 second';

/**
 * A heartbeat goes to the server at most this often. The SDK waits for four fifths of the heartbeat
 * timeout, and a busy machine makes the rest too short when the timeout is one of a few seconds.
 */
const HEARTBEAT_INTERVAL = '1 second';

/** Activities that run when the worker is told to stop get this long before it leaves them. */
const FORCE_AFTER = '2 seconds';

async function create(name: string, queue: string | undefined, server: Connected): Promise<Worker> {
  const { taskQueue, workflowsPath, activities } = scenarioNamed(name);
  return Worker.create({
    ...server,
    taskQueue: queue ?? taskQueue,
    workflowBundle: await bundleWorkflows(name, { workflowsPath, sources: sourcesOf(name) }),
    activities: await activities(),
    stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT,
    maxHeartbeatThrottleInterval: HEARTBEAT_INTERVAL,
    shutdownForceTime: FORCE_AFTER,
  });
}

/**
 * Part of a chapter's story, and told there: a failing order, a scenario without activities, and a reader
 * of an official host that waits when its workflow returns.
 */
const EXPECTED =
  /^(Activity failed|Workflow failed|No activities registered|\[TMPRL1102\].*"__temporal_workflow_stream_poll")/s;

/** A warning that repeats itself is told this often, in milliseconds. */
const REPEAT_MS = 30_000;

/** Only what the reader should act on. */
function quietRuntime(): void {
  const isNews = onceInAWhile(REPEAT_MS);
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      if (EXPECTED.test(message) || !isNews(message)) return;
      const error = meta?.error instanceof Error ? `\n${meta.error.stack}` : '';
      process.stderr.write(`${level} ${message}${error}\n`);
    }),
    telemetryOptions: { logging: { forward: {}, filter: 'WARN' } },
  });
}

const [, , name = '', queue] = process.argv;
quietRuntime();
await liveAsWorker((server) => create(name, queue, server));
