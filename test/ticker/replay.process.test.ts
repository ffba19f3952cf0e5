import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, expect, test } from 'vitest';

const histories = new URL('./histories/', import.meta.url);
const workflowsPath = fileURLToPath(import.meta.resolve('../../src/dist/ticker/workflow.js'));

let workflowBundle: { code: string };
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
}, 30_000);

test('the ticker’s workflow code bundles without the client side of the stream', () => {
  expect(workflowBundle.code).toContain('workflow_stream_read');
  expect(workflowBundle.code).not.toContain('fromWithinActivity');
});

test.each(readdirSync(histories))(
  'the ticker replays the recorded history %s without a difference',
  async (file) => {
    const recorded = JSON.parse(readFileSync(new URL(file, histories), 'utf8'));
    const history = proto.temporal.api.history.v1.History.fromObject(recorded);
    await Worker.runReplayHistory({ workflowBundle }, history, file);
  },
);
