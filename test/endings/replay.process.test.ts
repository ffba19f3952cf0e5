import { beforeAll, expect, test } from 'vitest';
import { bundleForReplay, historiesIn, replay } from '../support/replay.ts';

const histories = historiesIn(new URL('./histories/', import.meta.url));
const workflows = import.meta.resolve('../../src/dist/endings/workflow.js');

let workflowBundle: { code: string };
beforeAll(async () => {
  workflowBundle = await bundleForReplay(workflows);
}, 30_000);

test('the workflow code of the endings bundles without the client side of the stream', () => {
  expect(workflowBundle.code).toContain('workflow_stream_read');
  expect(workflowBundle.code).not.toContain('fromWithinActivity');
});

test.each(histories.names)(
  'the recorded history %s is replayed without a difference',
  async (file) => {
    await replay(workflowBundle, histories.read(file), file);
  },
);
