import { beforeAll, expect, test } from 'vitest';
import { bundleForReplay, historiesIn, replay } from '../support/replay.ts';

const histories = historiesIn(new URL('./histories/', import.meta.url));
const workflows = new URL('./features/workflows.ts', import.meta.url);

let workflowBundle: { code: string };
beforeAll(async () => {
  workflowBundle = await bundleForReplay(workflows);
}, 30_000);

test.each(histories.names)('the host replays %s without a difference', async (file) => {
  await replay(workflowBundle, histories.read(file), file);
});

test('a host that does something else than is recorded is found out', async () => {
  const history = histories.read('every-message-first.json');
  // As if this code had answered a poll that the recorded one left waiting.
  const answers = history.events.findIndex(
    (event) => event.workflowExecutionUpdateCompletedEventAttributes,
  );
  history.events.splice(answers, 1);
  for (const [index, event] of history.events.entries()) {
    if (index >= answers) event.eventId = event.eventId?.subtract(1) ?? null;
  }
  await expect(replay(workflowBundle, history, 'changed')).rejects.toThrow();
});
