import type { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { ORIGIN, openBook, post, request, tickingLauncher } from './book-under-test.ts';

async function openRun() {
  const launcher = tickingLauncher();
  const book = openBook({ launcher });
  const response = await post(book, { scenario: 'order' });
  const { id } = (await response.json()) as { id: string };
  return { book, id, run: launcher.launched[0] ?? expect.unreachable() };
}

function move(book: Hono, id: string, knobs: unknown, origin = ORIGIN) {
  return request(book, `/api/runs/${id}/knobs`, {
    method: 'POST',
    headers: { Origin: origin, 'Content-Type': 'application/json' },
    body: JSON.stringify({ knobs }),
  });
}

describe('POST /api/runs/:id/knobs', () => {
  test('moves a knob of a run that goes on, and tells what is in force', async () => {
    const { book, id, run } = await openRun();
    const response = await move(book, id, { pace: 9 });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id, knobs: { pace: 9 } });
    expect(run.knobs()).toEqual({ pace: 9 });
    expect(await (await request(book, `/api/runs/${id}`)).json()).toMatchObject({
      knobs: { pace: 9 },
    });
  });

  test.each([
    ['a value beyond its limits', { pace: 10 }],
    ['a value that is no number', { pace: '3' }],
    ['another knob', { card: 'ok' }],
    ['a knob from the prototype', JSON.parse('{"__proto__": {"pace": 3}}')],
    ['nothing', {}],
    ['no object', 3],
  ])('refuses %s, and leaves the run as it is', async (_what, knobs) => {
    const { book, id, run } = await openRun();
    const response = await move(book, id, knobs);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: 'BadKnob' } });
    expect(run.knobs()).toEqual({ pace: 2 });
  });

  test('refuses a knob that stays as it is during a run', async () => {
    const book = openBook();
    const { id } = (await (await post(book, { scenario: 'order' })).json()) as { id: string };
    const response = await move(book, id, { card: 'declined' });
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain('move while this scenario runs: none.');
  });

  test('leaves a run alone that has ended, and knows none that nobody has started', async () => {
    const { book, id, run } = await openRun();
    run.end({ status: 'completed', result: '' });
    await run.outcome;
    expect((await move(book, id, { pace: 3 })).status).toBe(409);
    expect((await move(book, 'none', { pace: 3 })).status).toBe(404);
    expect(run.knobs()).toEqual({ pace: 2 });
  });

  test('counts as an action, of which a run takes so many', async () => {
    const { book, id } = await openRun();
    for (let n = 0; n < 200; n++) await move(book, id, { pace: 3 });
    const response = await move(book, id, { pace: 4 });
    expect(response.status).toBe(429);
    expect(await response.json()).toMatchObject({ error: { type: 'TooManyActions' } });
  });

  test('is for pages of this book alone', async () => {
    const { book, id, run } = await openRun();
    expect((await move(book, id, { pace: 3 }, 'https://evil.example')).status).toBe(403);
    expect(run.knobs()).toEqual({ pace: 2 });
  });
});
