import { beforeAll, describe, expect, test } from 'vitest';
import { bundleForReplay, historiesIn, replay } from '../support/replay.ts';

const histories = historiesIn(new URL('./histories/', import.meta.url));
const workflows = import.meta.resolve('../../src/dist/hub/workflow.js');

describe('the hub’s workflow code', () => {
  let workflowBundle: { code: string };
  beforeAll(async () => {
    workflowBundle = await bundleForReplay(workflows);
  }, 30_000);

  test('bundles for the sandbox, without the programs that publish', () => {
    expect(workflowBundle.code).toContain('workflow_stream_read');
    expect(workflowBundle.code).not.toContain('publishHeadline');
  });

  test.each(histories.names)(
    'replays the recorded history %s without a difference',
    async (file) => {
      await replay(workflowBundle, histories.read(file), file);
    },
  );
});
