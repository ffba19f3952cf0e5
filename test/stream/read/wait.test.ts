import { expect, test } from 'vitest';
import type { ReadPage } from '../../../src/stream/read/cursor.ts';
import type { Run } from '../../../src/stream/read/follow.ts';
import type { RunOptions } from '../../../src/stream/read/run.ts';
import { parkedRun } from '../../../src/stream/read/wait.ts';
import type { PollResult } from '../../../src/stream/wire.ts';

/** A run whose polls are answered or refused as told, one after the other. */
function optionsWith(polls: (PollResult | Error)[]): RunOptions {
  const startUpdate = async () => {
    const answer = polls.shift();
    if (answer instanceof Error) throw answer;
    return { result: async () => answer };
  };
  const connection = {
    withAbortSignal: (_: AbortSignal, call: () => unknown) => call(),
    withDeadline: (_: number, call: () => unknown) => call(),
  };
  const client = { connection, getHandle: () => ({ startUpdate }) };
  const { signal } = new AbortController();
  return { client, signal, topics: [], cooldown: 0 } as unknown as RunOptions;
}

/** Quiet readers that are at the pages given, one for each. */
function readersAt(...pages: ReadPage[]): () => Run {
  return () => {
    const page = pages.shift() ?? { items: [], next: 0, more: false };
    return { read: async () => page, wait: async () => ({ closed: false }) };
  };
}

test('a quiet look after a failed poll knows that the log is as long as polls have told', async () => {
  const items = [3, 4].map((offset) => ({ topic: 'n', data: '', offset }));
  const poll = { items, next_offset: 5, more_ready: false };
  const seen = { items: [], next: 3, more: false, end: 3 };
  const run = parkedRun(optionsWith([poll, new Error('no place')]), readersAt(seen, seen));
  expect(await run.read(3)).toMatchObject({ next: 3, end: 3 });
  expect(await run.read(3)).toMatchObject({ next: 5 });
  expect(await run.read(5)).toMatchObject({ items: [], next: 5 });
  // The query of a reader that begins anew does not look beyond a workflow task that is past.
  expect(await run.read(5)).toMatchObject({ end: 5 });
});
