import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';

const histories = new URL('./histories/', import.meta.url);
const workflowsPath = fileURLToPath(import.meta.resolve('../../src/dist/llm/workflow.js'));

/** Bundles the workflow as a worker does; fails when the stream reaches for anything outside the sandbox. */
async function bundleAnswer(): Promise<{ code: string }> {
  return bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
}

describe('the workflow code of an answer', () => {
  let workflowBundle: { code: string };
  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    workflowBundle = await bundleAnswer();
  }, 30_000);

  test('bundles for the sandbox, without the client sides of the stream and of the model', () => {
    expect(workflowBundle.code).toContain('workflow_stream_read');
    expect(workflowBundle.code).not.toContain('fromWithinActivity');
    expect(workflowBundle.code, 'the key is for activities').not.toContain('OPENAI_API_KEY');
  });

  test.each(readdirSync(histories))(
    'replays the recorded history %s without a difference',
    async (file) => {
      const recorded = JSON.parse(readFileSync(new URL(file, histories), 'utf8'));
      const history = proto.temporal.api.history.v1.History.fromObject(recorded);
      await Worker.runReplayHistory({ workflowBundle }, history, file);
    },
  );
});
