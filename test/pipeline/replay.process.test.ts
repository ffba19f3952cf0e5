import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';

const histories = new URL('./histories/', import.meta.url);
const workflowsPath = fileURLToPath(import.meta.resolve('../../src/dist/pipeline/workflow.js'));

/** Bundles the pipeline as a worker does; fails when the stream reaches for anything outside the sandbox. */
async function bundlePipeline(): Promise<{ code: string }> {
  return bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
}

describe('the pipeline’s workflow code', () => {
  let workflowBundle: { code: string };
  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    workflowBundle = await bundlePipeline();
  }, 30_000);

  test('bundles for the sandbox, without the client side of the stream or a database', () => {
    expect(workflowBundle.code).toContain('workflow_stream_read');
    expect(workflowBundle.code).not.toContain('fromWithinActivity');
    expect(workflowBundle.code).not.toContain('next_offset = excluded');
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
