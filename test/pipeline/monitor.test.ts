import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startMonitor } from '../../src/pipeline/monitor.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** An output that keeps its lines. */
function memory() {
  const lines: string[] = [];
  return { lines, write: (text: string) => lines.push(text.trimEnd()) };
}

test('a heartbeat comes each second, with the backlog as it is then', async () => {
  const output = memory();
  let length = 0;
  const monitor = startMonitor(async () => length, output);
  length = 3;
  await vi.waitFor(() => {
    monitor.print('?');
    expect(output.lines.at(-1)).toContain('3 /    3 │ ?');
  });
  output.lines.length = 0;
  vi.advanceTimersByTime(1_000);
  monitor.processed(2);
  vi.advanceTimersByTime(2_000);
  expect(output.lines).toEqual([
    '   0 /     3 /    3 │ ·',
    '   2 /     3 /    1 │ ·',
    '   2 /     3 /    1 │ ·',
  ]);
  await monitor.stop();
  vi.advanceTimersByTime(2_000);
  expect(output.lines).toHaveLength(3);
});

test('a stream that does not answer keeps its last length, and the heartbeat goes on', async () => {
  const output = memory();
  const answers = [Promise.resolve(7), ...Array(3).fill(Promise.reject(new Error('no worker')))];
  for (const answer of answers) answer.catch(() => {});
  const getOffset = vi.fn(() => answers.shift() ?? Promise.reject(new Error('no worker')));
  const monitor = startMonitor(getOffset, output);
  await vi.waitFor(() => expect(getOffset.mock.calls.length).toBeGreaterThan(1));
  vi.advanceTimersByTime(1_000);
  expect(output.lines.at(-1)).toBe('   0 /     7 /    7 │ ·');
  await monitor.stop();
});

test('the reader may be ahead of the last answer', async () => {
  const output = memory();
  const monitor = startMonitor(async () => 1, output);
  monitor.processed(4);
  monitor.print('four');
  expect(output.lines.at(-1)).toBe('   4 /     4 /    0 │ four');
  await monitor.stop();
});
