/** A subscription that tells of its gaps among its items. */
// #region since-9
import type { WorkflowStreamItem } from '../item.js';
import type { Gap } from '../read/cursor.js';
import type { StreamReading } from './encode.js';

// #region readings
/** What can be read: a `StreamRelay`, so that all browsers share one reader; or a client of a stream. */
export interface Subscribable {
  subscribe<T>(
    topics: string | string[],
    fromOffset: number,
    options: {
      resultType: true;
      signal: AbortSignal;
      onGap: (gap: Gap) => void;
      slow: 'wait' | 'skip' | 'drop';
    },
  ): AsyncIterable<WorkflowStreamItem<T>>;
}

/**
 * Reads the items of a stream, and yields each gap in its place among them.
 *
 * A reader that finds nothing new twice can be told of two gaps in a row; to whoever watches they are one.
 *
 * @param source - what is read
 * @param topics - which items; none for all
 * @param from - the first offset wanted; 0 is the start of what the log still holds, so nothing is missing before it
 * @param signal - ends the reading at once
 */
export async function* readings(
  source: Subscribable,
  topics: readonly string[],
  from: number,
  signal: AbortSignal,
): AsyncGenerator<StreamReading, void, void> {
  let lost: Gap | undefined;
  const onGap = (gap: Gap) => {
    lost = { from: lost?.from ?? gap.from, to: gap.to };
  };
  // A browser that is too slow must not hold up the others: it is dropped, comes back by itself, and goes on.
  const options = { resultType: true, slow: 'drop', signal, onGap } as const;
  for await (const item of source.subscribe<unknown>([...topics], from, options)) {
    if (lost) yield lost;
    lost = undefined;
    yield item;
  }
  // What was dropped at the very end has no item after it.
  if (lost) yield lost;
}
// #endregion readings
// #endregion since-9
