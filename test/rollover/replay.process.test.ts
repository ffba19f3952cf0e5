import { beforeAll, expect, test } from 'vitest';
import { bundleForReplay, historiesIn, replay } from '../support/replay.ts';

const histories = historiesIn(new URL('./histories/', import.meta.url));
const workflows = import.meta.resolve('../../src/dist/rollover/workflow.js');

let workflowBundle: { code: string };
beforeAll(async () => {
  workflowBundle = await bundleForReplay(workflows);
}, 30_000);

test('the lighthouse’s workflow code bundles without the client side of the stream', () => {
  expect(workflowBundle.code).toContain('workflow_stream_read');
  expect(workflowBundle.code).not.toContain('fromWithinActivity');
});

test.each(histories.names)(
  'a lighthouse replays the recorded history %s without a difference',
  async (file) => {
    await replay(workflowBundle, histories.read(file), file);
  },
);
