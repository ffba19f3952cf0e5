import type { Hono } from 'hono';
import { describe, expect, test, vi } from 'vitest';
import { ORIGIN, openBook, request } from './book-under-test.ts';

describe('POST /api/workers/:scenario/kill', () => {
  const kill = (book: Hono, scenario: string, headers: Record<string, string> = {}) =>
    request(book, `/api/workers/${scenario}/kill`, {
      method: 'POST',
      headers: { Origin: ORIGIN, 'Content-Type': 'application/json', ...headers },
      body: '{}',
    });

  test('ends the worker of that scenario, and tells its process id', async () => {
    const killed: string[] = [];
    const book = openBook({ killWorker: (scenario) => killed.push(scenario) + 4_000 });
    const response = await kill(book, 'order');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ pid: 4_001 });
    expect(killed).toEqual(['order']);
  });

  test('answers 409 while there is none', async () => {
    const response = await kill(openBook({ killWorker: () => undefined }), 'order');
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: { type: 'NoWorker' } });
  });

  test.each(['hub', '__proto__', 'toString', '..%2forder'])(
    'answers 404 for a scenario that is none: %s',
    async (scenario) => {
      const killWorker = vi.fn(() => 1);
      expect((await kill(openBook({ killWorker }), scenario)).status).toBe(404);
      expect(killWorker).not.toHaveBeenCalled();
    },
  );

  test('is for pages of this book alone, and not there where no worker is kept', async () => {
    const killWorker = vi.fn(() => 1);
    const foreign = await kill(openBook({ killWorker }), 'order', {
      Origin: 'https://evil.example',
    });
    expect(foreign.status).toBe(403);
    expect(killWorker).not.toHaveBeenCalled();
    expect((await kill(openBook(), 'order')).status).toBe(404);
  });
});
