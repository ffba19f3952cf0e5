/** What can be sent to a live book: each is answered with a clear 4xx, and none is called a failure of its own. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type AttackedBook, openAttackedBook } from './attacked-book.ts';

let book: AttackedBook;
let run: { id: string; events: string };

beforeAll(async () => {
  book = await openAttackedBook();
  run = await book.start();
});
afterEach(async () => {
  expect(book.failures).toEqual([]);
  expect((await book.get('/api/health')).status).toBe(200);
});
afterAll(() => book?.close());

describe('a name that is not ours', () => {
  test.each([
    ['with a dot at its end', (port: number) => `Host: localhost.:${port}`],
    ['as a number', (port: number) => `Host: 2130706433:${port}`],
    ['as the whole of an IPv6 address', (port: number) => `Host: [0:0:0:0:0:0:0:1]:${port}`],
    ['of any address', (port: number) => `Host: 0.0.0.0:${port}`],
    ['with a user', (port: number) => `Host: evil@127.0.0.1:${port}`],
    ['with a path', (port: number) => `Host: 127.0.0.1:${port}/evil`],
    ['with a space', (port: number) => `Host: 127.0.0.1:${port} evil`],
    ['with a port of more digits', (port: number) => `Host: 127.0.0.1:0${port}`],
    ['beside ours', (port: number) => `Host: 127.0.0.1:${port}\r\nHost: evil.example:${port}`],
    ['before ours', (port: number) => `Host: evil.example:${port}\r\nHost: 127.0.0.1:${port}`],
    ['that is no name', () => 'Host: ['],
    ['that is missing', () => 'X-Forwarded-Host: 127.0.0.1'],
    [
      'though a proxy would have taken ours from it',
      (port: number) => `Host: evil.example:${port}\r\nX-Forwarded-Host: 127.0.0.1:${port}`,
    ],
  ])('%s is refused', async (_what, header) => {
    const { status, text } = await book.get('/api/health', `${header(book.port)}\r\n`);
    expect([400, 421]).toContain(status);
    expect(text).not.toContain('scenarios');
  });

  test('as a whole address in the first line is refused, whatever the header says', async () => {
    const { host, port } = book;
    for (const target of [`http://evil.example:${port}/api/health`, 'https://evil.example/']) {
      expect((await book.get(target)).status).toBe(421);
    }
    const evil = `Host: evil.example:${port}\r\n`;
    expect((await book.get(`http://${host}/api/health`, evil)).status).toBe(421);
    expect((await book.get(`http://${host}/api/health`)).status).toBe(200);
  });
});

describe('another site', () => {
  test.each(['cross-site', 'same-site', 'sideways'])(
    'asks the API for nothing: %s',
    async (site) => {
      const headers = `Host: ${book.host}\r\nSec-Fetch-Site: ${site}\r\n`;
      for (const path of ['/api/health', '/api/live', run.events]) {
        const { status, text } = await book.get(path, headers);
        expect(status).toBe(403);
        expect(text).toContain('CrossOrigin');
      }
      // It may have a link to a page.
      expect((await book.get('/', headers)).status).toBe(200);
    },
  );

  test.each(['null', 'http://evil.example', 'http://app.127.0.0.1', ''])(
    'starts and stops nothing: %j',
    async (origin) => {
      for (const path of [
        '/api/runs',
        `/api/runs/${run.id}/actions/close`,
        '/api/workers/order/kill',
      ]) {
        const head = book.postHead(path, origin);
        expect((await book.send(`${head}Content-Length: 2\r\n\r\n{}`)).status).toBe(403);
      }
    },
  );

  test('does not with a second Origin, or a method by another name', async () => {
    const second = 'Origin: http://evil.example\r\n';
    const evil = book.postHead('/api/runs', 'http://evil.example');
    const ours = `Origin: ${book.url}\r\n`;
    expect((await book.post('/api/runs', '{"scenario":"order"}', second)).status).toBe(403);
    expect((await book.send(`${evil}${ours}Content-Length: 2\r\n\r\n{}`)).status).toBe(403);
    const renamed = `Host: ${book.host}\r\nX-HTTP-Method-Override: POST\r\n`;
    expect((await book.get('/api/runs', renamed)).status).toBe(404);
  });
});

describe('a path', () => {
  test.each([
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%5c..%5csecret.txt',
    '/%252e%252e/secret.txt',
    '/..%252fsecret.txt',
    '/../secret.txt',
    '/./../secret.txt',
    '/assets/../../secret.txt',
    '/....//secret.txt',
    '//secret.txt',
    '/.secret',
    '/%2esecret',
    '/assets/%2e%2e/.secret',
    '/index.html%00.txt',
    '/%00',
    '/%',
    '/%zz',
    '/%c0%ae%c0%ae/secret.txt',
    '/\\..\\secret.txt',
    '*',
    `/${'a'.repeat(4_000)}`,
    `/${'../'.repeat(4_000)}secret.txt`,
    `/${'a'.repeat(40_000)}`,
  ])('leads to pages only: %s', async (path) => {
    const { status, text } = await book.get(path);
    expect([400, 404, 431]).toContain(status);
    expect(text).not.toContain('the secret');
  });

  const INHERITED = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '%00', '%ff', '%'];

  test.each(INHERITED)('has no run, reader, action or worker by the name %s', async (name) => {
    for (const path of [`/api/runs/${name}`, `/api/runs/${name}/events`]) {
      expect((await book.get(path)).status).toBe(404);
    }
    expect((await book.get(`${run.events}?reader=${name}`)).status).toBe(400);
    expect((await book.post(`/api/runs/${run.id}/actions/${name}`, '{}')).status).toBe(404);
    expect((await book.post(`/api/workers/${name}/kill`, '{}')).status).toBe(404);
    const scenario = JSON.stringify({ scenario: decodeURIComponent(name.replace(/%(ff)?$/, '')) });
    expect((await book.post('/api/runs', scenario)).status).toBe(400);
  });

  test('cannot put a header into the answer', async () => {
    const split = '%0d%0aX-Evil:%201%0d%0a%0d%0a';
    for (const path of [`${run.events}?reader=${split}`, `/api/runs/${split}`, `/${split}`]) {
      const { status, text } = await book.get(path);
      expect([400, 404]).toContain(status);
      expect(text.split('\r\n\r\n')[0]).not.toContain('X-Evil');
    }
  });

  test.each(['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'QUERY', 'GETS', 'get'])(
    'is not to be had by %s, and no other site is told that it were',
    async (method) => {
      for (const path of ['/', '/api/runs', '/api/health', run.events]) {
        const { status, text } = await book.get(path, `Host: ${book.host}\r\n`, method);
        expect([400, 404]).toContain(status);
        expect(text.toLowerCase()).not.toContain('access-control-allow');
      }
    },
  );
});

describe('an offset', () => {
  const NONSENSE = ['-1', '1e9', '9007199254740992', 'NaN', 'Infinity', '0x10', '1.5', '1,2', '١'];

  test.each([...NONSENSE, '9'.repeat(4_000)])(
    'is a whole number that is safe: %s',
    async (text) => {
      const headers = `Host: ${book.host}\r\nLast-Event-ID: ${text}\r\n`;
      const byHeader = Buffer.from(`GET ${run.events} HTTP/1.1\r\n${headers}\r\n`, 'utf8');
      const { status } = await book.send(byHeader, /\r\n\r\n/);
      expect(status).toBe(400);
      const inAddress = await book.get(`${run.events}?from=${encodeURIComponent(text)}`);
      expect(inAddress.status).toBe(400);
    },
  );
});

describe('a body', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  test.each([
    ['nothing', ''],
    ['half of it', '{"scenario":"order"'],
    ['a thousand brackets that open', '['.repeat(4_000)],
    ['a thousand brackets', `{"scenario":"order","knobs":${deep(2_000)}}`],
    ['a name from the prototype', '{"scenario":"order","knobs":{"__proto__":{"card":"ok"}}}'],
    ['a knob from the prototype', '{"scenario":"order","knobs":{"constructor":"ok"}}'],
    ['a value that is none', '{"scenario":"order","knobs":{"card":{"toString":"ok"}}}'],
    ['a list for a name', '{"scenario":["order"]}'],
    ['text in another encoding', Buffer.from('{"scenario":"order"}', 'utf16le')],
  ])('starts no run with %s', async (_what, body) => {
    const { status, text } = await book.post('/api/runs', body);
    expect(status).toBe(400);
    expect(text).toMatch(/"type":"(BadRequest|BadKnob|UnknownScenario)"/);
  });

  test.each(['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded', ''])(
    'is none when it comes as a form or as nothing: %j',
    async (type) => {
      const head = book
        .postHead('/api/runs')
        .replace('Content-Type: application/json', type && `Content-Type: ${type}`)
        .replace('\r\n\r\n', '\r\n');
      const { status } = await book.send(`${head}Content-Length: 20\r\n\r\n{"scenario":"order"}`);
      expect(status).toBe(415);
    },
  );

  test('that claims to be huge is not waited for', async () => {
    const { status } = await book.send(
      `${book.postHead('/api/runs')}Content-Length: 99999999999\r\n\r\n{`,
    );
    expect(status).toBe(413);
  });

  test('without an end is not read to its end', async () => {
    const piece = `1000\r\n${'x'.repeat(0x1000)}\r\n`;
    const chunks = piece.repeat(20);
    const head = `${book.postHead('/api/runs')}Transfer-Encoding: chunked\r\n\r\n`;
    expect((await book.send(head + chunks, /\r\n\r\n/)).status).toBe(413);
  });

  test('with two lengths is none', async () => {
    const two = 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n';
    expect((await book.send(`${book.postHead('/api/runs')}${two}\r\n{}`)).status).toBe(400);
  });

  test('of which the sender never sends the rest is not called our failure', async () => {
    const pieces = [
      'Transfer-Encoding: chunked\r\n\r\n5\r\n{"sce\r\n',
      'Content-Length: 40\r\n\r\n{"sce',
    ];
    for (const piece of pieces) {
      const socket = book.begin(`${book.postHead('/api/runs')}${piece}`);
      await new Promise((resolve) => socket.once('connect', resolve));
      // The book has begun to read it once it has answered somebody who came later.
      await book.get('/api/health');
      socket.resetAndDestroy();
      await new Promise((resolve) => socket.once('close', resolve));
      await book.get('/api/health');
    }
  });
});
