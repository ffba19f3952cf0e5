import { connect, openLab, openServer, startWorker, type WorkerProcess } from 'streambook/lab';
import { foldAnswer, NO_ANSWER } from 'streambook/llm';
import { expect, test } from 'vitest';
import { askAndListen } from './asking.ts';
import { openLink } from './link.ts';

test('a worker that is killed in the middle of an answer is replaced, and the answer starts again', async () => {
  const taskQueue = `llm-${crypto.randomUUID()}`;
  await using lab = await openLab('llm', { taskQueue });
  let successor: WorkerProcess | undefined;
  const { handle, events, answer } = await askAndListen(
    lab.client,
    { model: 'scripted:short,fast,stall-once', taskQueue },
    async (event) => {
      if (successor || event.kind !== 'delta') return;
      lab.worker.kill('SIGKILL');
      successor = await startWorker('llm', lab.server, { taskQueue });
    },
  );
  await successor?.stop();
  expect(answer).toMatchObject({ status: 'complete', attempt: 2 });
  expect(await handle.result()).toBe(answer.text);
  const garbled = events.map((event) => (event.kind === 'delta' ? event.text : '')).join('');
  expect(garbled).not.toBe(answer.text);
  expect(garbled.endsWith(answer.text)).toBe(true);
});

test('what a worker that was cut off says after the retry is in the stream, and discarded by its attempt', async () => {
  const server = await openServer();
  const client = await connect(server);
  const link = await openLink(server.address);
  const taskQueue = `llm-${crypto.randomUUID()}`;
  const behindLink = { ...server, address: link.address };
  const cutOff = await startWorker('llm', behindLink, { taskQueue, onLog: () => {} });
  let successor: WorkerProcess | undefined;
  // At the pace of a model, so that the second attempt is still at it when the first is heard again.
  const { handle, events, answer } = await askAndListen(
    client,
    { model: 'scripted', taskQueue },
    async ({ kind }) => {
      if (kind === 'delta' && !successor) {
        link.cut();
        successor = await startWorker('llm', server, { taskQueue });
      }
      if (kind === 'retry') link.heal();
    },
  );
  const result = await handle.result();
  await Promise.all([cutOff.stop(), successor?.stop(), client.connection.close()]);
  link.close();

  const retry = events.findIndex(({ kind }) => kind === 'retry');
  const late = events.slice(retry).filter(({ attempt }) => attempt === 1);
  expect(late.map(({ kind }) => kind)).toContain('delta');
  expect(answer).toMatchObject({ status: 'complete', attempt: 2, text: result });
  const gullible = events.map((event) => ({ ...event, attempt: 1 })).reduce(foldAnswer, NO_ANSWER);
  expect(gullible.text, 'the test must fail without attempt numbers').not.toBe(result);
});
