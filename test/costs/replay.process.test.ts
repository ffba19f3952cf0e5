import { beforeAll, expect, test } from 'vitest';
import { bundleForReplay, historiesIn, replay } from '../support/replay.ts';

const histories = historiesIn(new URL('./histories/', import.meta.url));
const workflows = import.meta.resolve('../../src/dist/costs/workflow.js');

let workflowBundle: { code: string };
beforeAll(async () => {
  workflowBundle = await bundleForReplay(workflows);
}, 30_000);

test('there is a history of each host', () => {
  expect(histories.names).toEqual(['official.json', 'ours.json']);
});

test.each(histories.names)(
  'the workflow replays the recorded history %s without a difference',
  async (file) => {
    await replay(workflowBundle, histories.read(file), file);
  },
);
