/** What can be asked of a live book too often, or for too long: it says no, and serves the others. */
import { expect, test } from 'vitest';
import { attackedBook, lastingLauncher } from './attacked-book.ts';

test('a request that comes one letter at a time is given up', async () => {
  const book = await attackedBook({ requestTimeoutMs: 300 });
  const slow = [
    `GET / HTTP/1.1\r\nHost: ${book.host}\r\nX: `,
    `${book.postHead('/api/runs')}Content-Length: 9\r\n\r\n{`,
  ];
  const answers = await Promise.all(slow.map((begin) => book.send(begin)));
  expect(answers.map(({ status }) => status)).toEqual([408, 408]);
  expect((await book.get('/')).status).toBe(200);
  expect(book.failures).toEqual([]);
});

test('but a stream of events may last as long as it likes', async () => {
  const book = await attackedBook({ requestTimeoutMs: 100, heartbeatMs: 20 });
  const { text } = await book.send(
    `GET /api/live HTTP/1.1\r\nHost: ${book.host}\r\n\r\n`,
    /(: still here\s[^:]*){15}/,
  );
  expect(text).toContain('event: state');
});

test('a run more than may go on at once is refused, however many ask', async () => {
  const book = await attackedBook();
  const asked = Array.from({ length: 500 }, () => book.post('/api/runs', '{"scenario":"order"}'));
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(8);
  expect(statuses.filter((status) => status === 429)).toHaveLength(492);
  expect(book.failures).toEqual([]);
});

test('an event stream more than may be open is refused, and has its turn when another one is closed', async () => {
  const watched = { readers: 0 };
  const book = await attackedBook({ maxStreams: 200, launcher: lastingLauncher(watched) });
  const { events } = await book.start();
  const open = Array.from({ length: 200 }, () =>
    book.begin(`GET ${events} HTTP/1.1\r\nHost: ${book.host}\r\n\r\n`),
  );
  await expect.poll(() => watched.readers).toBe(200);
  for (const path of [events, '/api/live']) {
    const { status, text } = await book.get(path);
    expect(status).toBe(429);
    expect(text).toContain('TooManyStreams');
  }
  // Everything else goes on.
  expect((await book.get('/')).status).toBe(200);
  for (const socket of open) socket.destroy();
  await expect.poll(() => watched.readers).toBe(0);
  const { status } = await book.send(
    `GET ${events} HTTP/1.1\r\nHost: ${book.host}\r\n\r\n`,
    /event: status/,
  );
  expect(status).toBe(200);
  expect(book.failures).toEqual([]);
});

test('streams that are refused leave no count behind', async () => {
  const book = await attackedBook({ maxStreams: 3 });
  for (let time = 0; time < 20; time++) {
    expect((await book.get('/api/runs/none/events')).status).toBe(404);
  }
});

test('HEAD opens no stream that nobody would end', async () => {
  const watched = { readers: 0 };
  const book = await attackedBook({ maxStreams: 1, launcher: lastingLauncher(watched) });
  const { events } = await book.start();
  for (const path of [events, '/api/live', events]) {
    const { status, text } = await book.get(path, `Host: ${book.host}\r\n`, 'HEAD');
    expect(status).toBe(200);
    expect(text.toLowerCase()).toContain('content-type: text/event-stream');
  }
  expect(watched.readers).toBe(0);
});
