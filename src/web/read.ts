import type { Gap } from 'streambook/client';

/** One item of a stream, as it reaches the browser. */
export interface RunEvent {
  offset: number;
  topic: string;
  data: unknown;
}

/** What one reader of a run meets: items, and gaps where items were dropped before it came to them. */
export type Reading = RunEvent | Gap;

/** Opens a subscription that reports its gaps and ends when the signal aborts. */
export type Subscribe = (options: {
  signal: AbortSignal;
  onGap: (gap: Gap) => void;
}) => AsyncIterable<RunEvent>;

/**
 * Reads a stream with a pause after each item, and yields each gap in its place among the items.
 *
 * The pause holds the subscription back, not only the screen: a log that forgets forgets meanwhile, so a slow reader
 * meets the gaps that a slow consumer would. A reader that finds nothing new twice can be told of two gaps in a row;
 * to whoever watches they are one.
 *
 * @param subscribe - opens the subscription, to all topics of the stream
 * @param from - the first offset wanted
 * @param pauseMs - after each item, in milliseconds
 * @param signal - ends the reading at once, also in a pause
 */
export async function* readSlowly(
  subscribe: Subscribe,
  from: number,
  pauseMs: number,
  signal: AbortSignal,
): AsyncGenerator<Reading, void, void> {
  let lost: Gap | undefined;
  const onGap = (gap: Gap) => {
    lost = { from: lost?.from ?? gap.from, to: gap.to };
  };
  let isFirst = true;
  for await (const item of subscribe({ signal, onGap })) {
    // Who asks for 0 takes the log as it begins, so what was forgotten by then is no gap to the stream.
    if (isFirst && from === 0 && item.offset > 0) lost = { from: 0, to: item.offset };
    if (lost) yield lost;
    lost = undefined;
    isFirst = false;
    yield item;
    if (pauseMs > 0) await pause(pauseMs, signal);
  }
  // What was dropped at the very end has no item after it.
  if (lost) yield lost;
}

/** Waits. A reader that leaves meanwhile is no error, as its subscription then ends by itself. */
function pause(pauseMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, pauseMs);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
