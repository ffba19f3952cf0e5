/** One of the four pairs of client and host, ready to be tested. */
import { fileURLToPath } from 'node:url';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import { bundleWorkflowCode, DefaultLogger, type WorkerOptions } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startTestWorker, type TestWorker } from '../../support/worker.js';
import { activitiesWith } from './activities.js';
import { clients, type Maker, type StreamClient, type StreamClientClass } from './clients.js';

const workflows = new URL('./workflows.ts', import.meta.url);

/** Who publishes and reads, and who hosts. */
export interface Pair {
  client: Maker;
  host: Maker;
}

/** A workflow of the suite, and a client of the pair for its stream. */
export interface Started<W extends Workflow = Workflow> {
  handle: WorkflowHandleWithFirstExecutionRunId<W>;
  stream: StreamClient;
}

/** Where a pair is tested. */
export interface Stage extends Pair {
  Client: StreamClientClass;
  worker: TestWorker;
  /** Starts a workflow, which is terminated after the test. */
  start<W extends Workflow>(workflow: W, ...args: Parameters<W>): Promise<Started<W>>;
  /** Resolves with the id of the run that came after the given one. */
  runAfter(handle: { workflowId: string }, runId: string): Promise<string>;
}

const bundles = new Map<Maker, ReturnType<typeof bundleWorkflowCode>>();

/** The same workflows with either host; bundled once for all the pairs of a test file. */
function bundleFor(host: Maker): ReturnType<typeof bundleWorkflowCode> {
  const known = bundles.get(host);
  if (known) return known;
  const bundle = bundleWorkflowCode({
    workflowsPath: fileURLToPath(workflows),
    logger: new DefaultLogger('ERROR'),
    ...(host === 'official' && { webpackConfigHook: withOfficialHost }),
  });
  bundles.set(host, bundle);
  return bundle;
}

type WebpackConfigHook = NonNullable<Parameters<typeof bundleWorkflowCode>[0]['webpackConfigHook']>;

const withOfficialHost: WebpackConfigHook = (config) => ({
  ...config,
  resolve: {
    ...config.resolve,
    alias: {
      ...config.resolve?.alias,
      'streambook/workflow$': '@temporalio/workflow-streams/workflow',
    },
  },
});

/**
 * Opens a worker for the tests of the surrounding `describe`.
 *
 * @param options - what is special about the worker
 */
export function openStage(pair: Pair, options: WorkerOptionsOfATest = {}): Stage {
  let worker: TestWorker | undefined;
  const ready = (): TestWorker => {
    if (!worker) throw new Error('The stage is open only while its tests run.');
    return worker;
  };
  const started: Started[] = [];
  const Client = clients[pair.client];

  beforeAll(async () => {
    const workflowBundle = await bundleFor(pair.host);
    const activities = activitiesWith(Client);
    const bundled = { workflowBundle, workflowsPath: undefined };
    worker = await startTestWorker(workflows, { ...options, ...bundled, activities });
  });
  afterEach(async () => {
    const { client } = ready();
    const ending = started.splice(0).map(({ handle }) =>
      // The latest run, not the first; it may have ended already.
      client.workflow
        .getHandle(handle.workflowId)
        .terminate()
        .catch(() => {}),
    );
    await Promise.all(ending);
  });
  afterAll(() => worker?.stop());

  return {
    ...pair,
    Client,
    get worker() {
      return ready();
    },
    async start<W extends Workflow>(workflow: W, ...args: Parameters<W>) {
      const { client, taskQueue, newId } = ready();
      const workflowId = newId(workflow.name);
      const handle = await client.workflow.start<Workflow>(workflow, {
        workflowId,
        taskQueue,
        args,
      });
      const one: Started = { handle, stream: Client.create(client, workflowId) };
      started.push(one);
      return one as Started<W>;
    },
    async runAfter({ workflowId }, runId) {
      const latest = ready().client.workflow.getHandle(workflowId);
      let now = runId;
      await expect
        .poll(
          async () => {
            now = (await latest.describe()).runId;
            return now;
          },
          { timeout: 10_000 },
        )
        .not.toBe(runId);
      return now;
    },
  };
}

type WorkerOptionsOfATest = Partial<WorkerOptions>;
