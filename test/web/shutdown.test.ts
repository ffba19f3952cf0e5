import { expect, test, vi } from 'vitest';
import { stopHandler } from '../../src/web/shutdown.ts';
import { withResolvers } from './book-under-test.ts';

function handlerOf(stop: () => Promise<void>) {
  const clock = { ms: 0 };
  const exits: number[] = [];
  const lines: string[] = [];
  const handle = stopHandler({
    stop,
    onLine: (line) => lines.push(line),
    exit: (code) => exits.push(code),
    now: () => clock.ms,
  });
  return { handle, clock, exits, lines };
}

test('the first Ctrl-C stops everything, then ends the process', async () => {
  const stop = vi.fn().mockResolvedValue(undefined);
  const { handle, exits } = handlerOf(stop);
  await handle('SIGINT');
  expect(stop).toHaveBeenCalledOnce();
  expect(exits).toEqual([0]);
});

test('a Ctrl-C that npm passes on a second time is the same one', async () => {
  const { promise, resolve } = withResolvers<void>();
  const { handle, clock, exits } = handlerOf(() => promise);
  const stopped = handle('SIGINT');
  clock.ms = 20;
  await handle('SIGINT');
  expect(exits).toEqual([]);
  resolve();
  await stopped;
  expect(exits).toEqual([0]);
});

test('a second Ctrl-C does not wait', async () => {
  const { handle, clock, exits } = handlerOf(() => new Promise(() => {}));
  void handle('SIGINT');
  clock.ms = 1_000;
  await handle('SIGINT');
  expect(exits).toEqual([130]);
});

test('what never stops is left behind after ten seconds, with a line that says so', async () => {
  vi.useFakeTimers();
  try {
    const { handle, exits, lines } = handlerOf(() => new Promise(() => {}));
    void handle('SIGTERM');
    await vi.advanceTimersByTimeAsync(9_999);
    expect(exits).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(exits).toEqual([1]);
    expect(lines.at(-1)).toBe('Not everything had stopped after 10 s.');
  } finally {
    vi.useRealTimers();
  }
});

test('a failure to stop is told, and fails the process', async () => {
  const { handle, exits, lines } = handlerOf(() => Promise.reject(new Error('it hangs on')));
  await handle('SIGTERM');
  expect(lines).toContain('it hangs on');
  expect(exits).toEqual([1]);
});
