import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fakeLauncher, openBook, PORT, post, request, STYLE } from './book-under-test.ts';

const START = { scenario: 'order', knobs: { card: 'ok' } };

describe('the Host header', () => {
  test.each([`127.0.0.1:${PORT}`, `localhost:${PORT}`, `[::1]:${PORT}`])(
    'may name this machine: %s',
    async (host) => {
      const response = await request(openBook(), '/', { headers: { Host: host } });
      expect(response.status).toBe(200);
    },
  );

  test.each([
    ['another site, as DNS rebinding would', `evil.example:${PORT}`],
    ['another port', '127.0.0.1:80'],
    ['no port', 'localhost'],
    ['a name that only begins like ours', `localhost:${PORT}.evil.example`],
    ['nobody', ''],
  ])('may not name %s', async (_whom, host) => {
    const book = openBook();
    for (const path of ['/', '/api/health', '/api/live']) {
      const response = await request(book, path, { headers: { Host: host } });
      expect(response.status).toBe(421);
      expect(await response.json()).toMatchObject({ error: { type: 'WrongHost' } });
    }
  });
});

describe('starting a run', () => {
  test('is allowed from a page of the book', async () => {
    expect((await post(openBook(), START)).status).toBe(201);
  });

  test.each([
    ['another site', 'https://evil.example'],
    ['another port of this machine', 'http://127.0.0.1:8080'],
    ['the same address by another name', `http://localhost:${PORT}`],
    ['a sandboxed frame', 'null'],
  ])('is refused from %s', async (_where, origin) => {
    const response = await post(openBook(), START, { Origin: origin });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { type: 'CrossOrigin' } });
  });

  test('is refused without an origin', async () => {
    const response = await request(openBook(), '/api/runs', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(START),
    });
    expect(response.status).toBe(403);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json-but-not'])(
    'is refused as %s, which a plain form could send',
    async (type) => {
      const response = await post(openBook(), START, { 'Content-Type': type });
      expect(response.status).toBe(415);
    },
  );

  test('takes JSON with a character set', async () => {
    const type = 'Application/JSON; charset=utf-8';
    expect((await post(openBook(), START, { 'Content-Type': type })).status).toBe(201);
  });
});

describe('every answer', () => {
  test.each([
    ['a page', '/', {}],
    ['a page that is not there', '/nowhere.html', {}],
    ['an API answer', '/api/health', {}],
    ['an event stream', '/api/live', {}],
    ['an API error', '/api/runs/none', {}],
    ['a refused host', '/', { headers: { Host: 'evil.example' } }],
    ['a refused method', '/api/runs', { method: 'DELETE' }],
  ])('forbids foreign and inline code, and sniffing: %s', async (_what, path, init) => {
    const { headers, body } = await request(openBook(), path, init);
    const policy = (headers.get('Content-Security-Policy') ?? '').split(/; ?/);
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    await body?.cancel();
  });

  test('but the book in one file forbids inline styles, and that one allows its own alone', async () => {
    const { headers } = await request(openBook(), '/print.html', {});
    const hash = createHash('sha256').update(STYLE).digest('base64');
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain(`style-src 'self' 'sha256-${hash}';`);
    expect(policy).not.toContain('unsafe');
  });

  test('says nothing about what failed inside, which goes to the terminal', async () => {
    const errors: unknown[] = [];
    const failure = new Error('password=hunter2');
    const launcher = { ...fakeLauncher(), launch: () => Promise.reject(failure) };
    const book = openBook({ launcher, onError: (error) => errors.push(error) });
    const response = await post(book, { scenario: 'order' });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/hunter2|\.ts|at /);
    expect(errors).toEqual([failure]);
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  });
});
