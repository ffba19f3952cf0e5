/** `@temporalio/openai-agents`, which depends on the official package, running on ours. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { OpenAIAgentsPlugin } from '@temporalio/openai-agents';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { WorkflowStreamClient } from 'streambook/client';
import { READ_QUERY } from 'streambook/wire';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestWorker, type TestWorker } from '../support/worker.js';
import { scriptedModel, spoken } from './scripted-model.js';

const clone = createRequire(import.meta.url);
/** Finds modules as the agents package does, so where `overrides` of package.json has led it. */
const dependent = createRequire(clone.resolve('@temporalio/openai-agents'));
/**
 * What the application imports from where the agents package does. The stream, because `overrides`
 * would hold for the application too, and this clone keeps the official one for its other tests.
 * The agents, because the two must share one copy, and in their ES modules is an `import()`, which
 * no workflow can do: an application with this package is bundled as CommonJS.
 */
const SHARED = ['@temporalio/workflow-streams/workflow', '@openai/agents-core'];

const answer = spoken(['Your order ', 'is on ', 'its way.']);
let heard: () => void;
const firstWordWasHeard = new Promise<void>((resolve) => {
  heard = resolve;
});

/** Says one word and falls silent until the reader has it: only a live reader hears the rest. */
async function* speak() {
  for (const event of answer) {
    yield event;
    if (event.type === 'output_text_delta') await firstWordWasHeard;
  }
}

const workflows = new URL('./agent-workflow.ts', import.meta.url);
let bundle: { code: string };
let worker: TestWorker;
beforeAll(async () => {
  const plugins = [new OpenAIAgentsPlugin({ modelProvider: scriptedModel(speak) })];
  bundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(workflows),
    plugins,
    logger: new DefaultLogger('ERROR'),
    webpackConfigHook: (config) => {
      const alias = Object.fromEntries(SHARED.map((name) => [`${name}$`, dependent.resolve(name)]));
      return {
        ...config,
        resolve: { ...config.resolve, alias: { ...config.resolve?.alias, ...alias } },
      };
    },
  });
  worker = await startTestWorker(workflows, {
    workflowsPath: undefined,
    workflowBundle: bundle,
    plugins,
  });
});
afterAll(async () => {
  // After a failure the model may still be waiting, and the worker for the model.
  heard();
  await worker?.stop();
});

test('npm gives the agents package ours, and this clone the official one', () => {
  const client = dependent.resolve('@temporalio/workflow-streams/client');
  expect(client).toBe(clone.resolve('streambook/client'));
  expect(dependent(client).WorkflowStreamClient).toBe(WorkflowStreamClient);
  expect(dependent.resolve('@temporalio/workflow-streams/workflow')).toBe(
    clone.resolve('streambook/workflow'),
  );
  expect(clone.resolve('@temporalio/workflow-streams/client')).not.toBe(client);
});

test('the workflow is bundled with our host and nothing of the official package', () => {
  expect(bundle.code.includes(READ_QUERY)).toBe(true);
  expect(bundle.code.match(/node_modules\/@temporalio\/workflow-streams[^"]*/)).toBeNull();
});

test('our client hears an agent’s model word by word, to the end', async () => {
  const workflowId = worker.newId('agent');
  const run = await worker.client.workflow.start('askAgent', {
    workflowId,
    taskQueue: worker.taskQueue,
    args: ['Where is my order?'],
  });
  const stream = WorkflowStreamClient.create(worker.client, workflowId);
  const seen: unknown[] = [];
  const items = stream.subscribe<{ delta?: string }>([], 0, { resultType: true });
  for await (const { offset, topic, data } of items) {
    seen.push([offset, topic, data]);
    if (data.delta) heard();
  }
  expect(seen).toEqual(
    [['status', 'asked'], ...answer.map((event) => ['model', event]), ['status', 'answered']].map(
      (item, offset) => [offset, ...item],
    ),
  );
  expect(await run.result()).toBe('Your order is on its way.');
});
