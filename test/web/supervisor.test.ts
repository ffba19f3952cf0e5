import { expect, test } from 'vitest';
import type { PartState } from '../../src/web/live.ts';
import { type SupervisedWorker, superviseWorker } from '../../src/web/supervisor.ts';
import { withResolvers } from './book-under-test.ts';

type Exit = Awaited<SupervisedWorker['exited']>;

/** Supervises workers that the test starts, kills and lets wait by hand. */
function supervise(starts: Array<'works' | 'fails'>) {
  const states: PartState[] = [];
  const lines: string[] = [];
  const delays: number[] = [];
  const deaths: Array<(exit: Exit) => void> = [];
  const { promise: outOfStarts, resolve: onOutOfStarts } = withResolvers<void>();
  const { promise: asked, resolve: onFirstReady } = withResolvers<void>();
  const supervisor = superviseWorker({
    name: 'order',
    async start() {
      const next = starts.shift();
      if (next === 'fails') throw new Error('no bundle');
      const { promise: exited, resolve: die } = withResolvers<Exit>();
      deaths.push(die);
      const stop = async () => die({ code: 0, signal: null });
      const kill = () => die({ code: null, signal: 'SIGKILL' });
      return { pid: 100 + deaths.length, exited, kill, stop };
    },
    onState: (state) => {
      states.push(state);
      if (state === 'ready') (starts.length === 0 ? onOutOfStarts : onFirstReady)();
    },
    onLine: (line) => lines.push(line),
    wait: async (delayMs) => void delays.push(delayMs),
  });
  return { supervisor, states, lines, delays, deaths, asked, outOfStarts };
}

test('a worker that dies is followed by another, and a line says so', async () => {
  const { supervisor, states, lines, deaths, asked, outOfStarts } = supervise(['works', 'works']);
  await asked;
  deaths[0]?.({ code: null, signal: 'SIGKILL' });
  await outOfStarts;
  await supervisor.stop();
  expect(states).toEqual(['starting', 'ready', 'restarting', 'ready']);
  expect(lines).toEqual(['worker order (process 101) ended by SIGKILL; starting another in 0.5 s']);
});

test('a worker that is killed on purpose is followed by another too', async () => {
  const { supervisor, states, lines, asked, outOfStarts } = supervise(['works', 'works']);
  await asked;
  expect(supervisor.kill()).toBe(101);
  await outOfStarts;
  await supervisor.stop();
  expect(states).toEqual(['starting', 'ready', 'restarting', 'ready']);
  expect(lines).toEqual(['worker order (process 101) ended by SIGKILL; starting another in 0.5 s']);
});

test('there is nothing to kill before a worker is up, and after the last one', async () => {
  const { supervisor, outOfStarts } = supervise(['fails', 'works']);
  expect(supervisor.kill()).toBeUndefined();
  await outOfStarts;
  await supervisor.stop();
  expect(supervisor.kill()).toBeUndefined();
});

test('a worker that does not start is tried again after longer and longer pauses', async () => {
  const fails = Array.from({ length: 9 }, () => 'fails' as const);
  const { supervisor, delays, lines, outOfStarts } = supervise([...fails, 'works']);
  await outOfStarts;
  await supervisor.stop();
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
  expect(lines[0]).toBe('worker order did not start: no bundle; starting another in 1 s');
});

test('stopping ends the worker and starts no other', async () => {
  const { supervisor, states, lines, outOfStarts } = supervise(['works']);
  await outOfStarts;
  await supervisor.stop();
  expect(states).toEqual(['starting', 'ready']);
  expect(lines).toEqual([]);
});

test('a worker that comes up after the stop is ended too', async () => {
  const { promise: gate, resolve: open } = withResolvers<void>();
  const { promise: exited, resolve: die } = withResolvers<Exit>();
  const supervisor = superviseWorker({
    name: 'order',
    start: async () => {
      await gate;
      return { pid: 1, exited, kill() {}, stop: async () => die({ code: 0, signal: null }) };
    },
    onState: () => {},
    onLine: () => {},
    wait: async () => {},
  });
  const stopped = supervisor.stop();
  open();
  await stopped;
  expect(await exited).toEqual({ code: 0, signal: null });
});
