/** What publishers publish, so that readers can tell what is missing, doubled or out of order. */
import type { WorkflowStreamItem } from 'streambook/client';

/** One item of a publisher; its items count 0, 1, 2, … */
export interface Numbered {
  publisher: string;
  n: number;
  padding: string;
}

/** Characters of padding: with them, half of the log is more than one answer can hold. */
const PADDING = 100;

/** Item number `n` of a publisher. */
export function numbered(publisher: string, n: number): Numbered {
  return { publisher, n, padding: '.'.repeat(PADDING) };
}

/**
 * Says the first thing that is wrong with what a reader received, if anything is.
 *
 * @param items - in the order of their arrival
 * @param expected - how many items each publisher has published
 */
export function firstFlaw(
  items: readonly WorkflowStreamItem<Numbered>[],
  expected: Readonly<Record<string, number>>,
): string | undefined {
  const next: Record<string, number> = Object.fromEntries(
    Object.keys(expected).map((publisher) => [publisher, 0]),
  );
  for (const [index, { offset, data }] of items.entries()) {
    if (offset !== index) return `Offset ${offset} came where ${index} was due.`;
    const { publisher, n } = data;
    if (n !== next[publisher]) {
      return `At offset ${offset}, item ${n} of ${publisher} came where ${next[publisher]} was due.`;
    }
    next[publisher] = n + 1;
  }
  const short = Object.keys(expected).find((publisher) => next[publisher] !== expected[publisher]);
  return short && `Of ${short}, ${next[short]} of ${expected[short]} items came.`;
}
