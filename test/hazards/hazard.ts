/** A hazard as a pair of tests: it is gone on ours, and what the catalogue says on the official package. */
import { afterAll, expect, test } from 'vitest';
import { entryOf } from './catalogue.js';
import { type Implementation, onOfficial, onOurs, stopWorkers } from './implementation.js';

/**
 * Defines the tests of a hazard.
 *
 * @param id - as in the catalogue, which says how the official package fares
 * @param reproduce - provokes the hazard, and throws when it strikes. It waits for nothing longer
 *   than a few seconds (see {@link within}), so that a hang is a failure and not a long test
 * @param symptom - what the failure on the official package says, so that the test there cannot
 *   fail for a reason of its own; with a verdict of `fails` only
 */
export function hazard(
  id: string,
  reproduce: (on: Implementation) => Promise<void> | void,
  symptom?: string | RegExp,
): void {
  const { official, ours } = entryOf(id);
  test(`${id} on ours: ${ours}`, async () => {
    await reproduce(onOurs);
  });
  const name = `${id} on the official package: ${official.says}`;
  if (official.verdict === 'passes') {
    test(name, async () => {
      await reproduce(onOfficial);
    });
  }
  if (official.verdict === 'fails') {
    test(name, async () => {
      const attempt = (async () => reproduce(onOfficial))().catch(withCauses);
      await expect(attempt).rejects.toThrow(symptom);
    });
  }
}

/** Temporal's client tells the reason of a failure in its causes. */
function withCauses(error: unknown): never {
  const messages: string[] = [];
  for (let e = error; e instanceof Error; e = e.cause) messages.push(e.message);
  throw new Error(messages.join(': '), { cause: error });
}

// Of the file that imports this: workers are started only where a hazard asks for one.
afterAll(stopWorkers);

/** How long something may take that takes milliseconds when all is well. */
const PATIENCE_MS = 3_000;

/**
 * Resolves as the promise does, unless that takes too long.
 *
 * @param what - what is waited for, as "the last item"
 * @throws Error when it has not come in time
 */
export async function within<T>(what: string, promise: Promise<T>, ms = PATIENCE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
