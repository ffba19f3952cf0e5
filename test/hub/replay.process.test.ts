import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';

const histories = new URL('./histories/', import.meta.url);
const workflowsPath = fileURLToPath(import.meta.resolve('../../src/dist/hub/workflow.js'));

describe('the hub’s workflow code', () => {
  let workflowBundle: { code: string };
  beforeAll(async () => {
    const logger = new DefaultLogger('ERROR');
    Runtime.install({ logger });
    workflowBundle = await bundleWorkflowCode({ workflowsPath, logger });
  }, 30_000);

  test('bundles for the sandbox, without the programs that publish', () => {
    expect(workflowBundle.code).toContain('workflow_stream_read');
    expect(workflowBundle.code).not.toContain('publishHeadline');
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
