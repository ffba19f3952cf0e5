import type { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import {
  type FakeLauncher,
  fakeLauncher,
  ORIGIN,
  openBook,
  post,
  request,
} from './book-under-test.ts';

async function openRun(): Promise<{ book: Hono; id: string; launcher: FakeLauncher }> {
  const launcher = fakeLauncher();
  const book = openBook({ launcher });
  const response = await post(book, { scenario: 'order' });
  const { id } = (await response.json()) as { id: string };
  return { book, id, launcher };
}

function act(book: Hono, id: string, action: string, body: unknown = {}, origin = ORIGIN) {
  return request(book, `/api/runs/${id}/actions/${action}`, {
    method: 'POST',
    headers: { Origin: origin, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

describe('POST /api/runs/:id/actions/:name', () => {
  test('does it, with the text that a reader has typed', async () => {
    const { book, id, launcher } = await openRun();
    expect((await act(book, id, 'note', { text: '  <b>news</b> ' })).status).toBe(200);
    expect((await act(book, id, 'close', { text: 'of no use' })).status).toBe(200);
    expect(launcher.launched[0]?.acts).toEqual([
      ['note', '<b>news</b>'],
      ['close', ''],
    ]);
  });

  test.each([
    ['none', {}],
    ['blanks', { text: '  ' }],
    ['too much', { text: 'x'.repeat(21) }],
    ['no text', { text: ['news'] }],
    ['no object', 'news'],
  ])('refuses a text that is %s', async (_what, body) => {
    const { book, id, launcher } = await openRun();
    const response = await act(book, id, 'note', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: 'BadText' } });
    expect(launcher.launched[0]?.acts).toEqual([]);
  });

  test.each(['delete', '__proto__', 'toString'])('knows no action %s', async (action) => {
    const { book, id } = await openRun();
    const response = await act(book, id, action);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { type: 'UnknownAction' } });
  });

  test('knows no run that nobody has started', async () => {
    const { book } = await openRun();
    expect((await act(book, 'none', 'close')).status).toBe(404);
  });

  test('leaves a run alone that has ended', async () => {
    const { book, id, launcher } = await openRun();
    launcher.launched[0]?.end({ status: 'completed', result: '' });
    await launcher.launched[0]?.outcome;
    const response = await act(book, id, 'close');
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: { type: 'RunEnded' } });
  });

  test('is limited for a run', async () => {
    const { book, id, launcher } = await openRun();
    for (let n = 0; n < 200; n++) await act(book, id, 'close');
    const response = await act(book, id, 'close');
    expect(response.status).toBe(429);
    expect(launcher.launched[0]?.acts).toHaveLength(200);
  });

  test('is for pages of this book alone', async () => {
    const { book, id, launcher } = await openRun();
    expect((await act(book, id, 'close', {}, 'https://evil.example')).status).toBe(403);
    expect(launcher.launched[0]?.acts).toEqual([]);
  });
});
