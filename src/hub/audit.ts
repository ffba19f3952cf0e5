/** Whether all that was published was received, and once. */
import type { Headline } from './events.js';

/** What came of what was published. */
export interface Audit {
  published: number;
  received: number;
  /** Headlines that were published and not received, as `north 3`. */
  missing: string[];
  /** Headlines that were received more than once. */
  doubled: string[];
}

/**
 * Compares what agencies published with what a reader received.
 *
 * @param published - how many headlines each agency has published; they are numbered from 1
 * @param received - in any order
 */
export function audit(
  published: Readonly<Record<string, number>>,
  received: readonly Headline[],
): Audit {
  const expected = Object.entries(published).flatMap(([agency, count]) =>
    Array.from({ length: count }, (_, index) => `${agency} ${index + 1}`),
  );
  const times = new Map<string, number>();
  for (const { agency, number } of received) {
    const name = `${agency} ${number}`;
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  return {
    published: expected.length,
    received: received.length,
    missing: expected.filter((name) => !times.has(name)),
    doubled: [...times].filter(([, count]) => count > 1).map(([name]) => name),
  };
}
