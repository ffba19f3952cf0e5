import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, expect, test } from 'vitest';

const histories = new URL('./histories/', import.meta.url);
const workflowsPath = fileURLToPath(new URL('./features/workflows.ts', import.meta.url));
const { History } = proto.temporal.api.history.v1;

let workflowBundle: { code: string };
beforeAll(async () => {
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ logger });
  workflowBundle = await bundleWorkflowCode({ workflowsPath, logger });
}, 30_000);

function recorded(file: string): ReturnType<typeof History.fromObject> {
  return History.fromObject(JSON.parse(readFileSync(new URL(file, histories), 'utf8')));
}

test.each(readdirSync(histories))('the host replays %s without a difference', async (file) => {
  await Worker.runReplayHistory({ workflowBundle }, recorded(file), file);
});

test('a host that does something else than is recorded is found out', async () => {
  const history = recorded('every-message-first.json');
  // As if this code had answered a poll that the recorded one left waiting.
  const answers = history.events.findIndex(
    (event) => event.workflowExecutionUpdateCompletedEventAttributes,
  );
  history.events.splice(answers, 1);
  for (const [index, event] of history.events.entries()) {
    if (index >= answers) event.eventId = event.eventId?.subtract(1) ?? null;
  }
  await expect(Worker.runReplayHistory({ workflowBundle }, history, 'changed')).rejects.toThrow();
});
