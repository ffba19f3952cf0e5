import type { StreamReading } from 'streambook/sse';

/**
 * Adds to what a reader of all topics meets what was forgotten before it came, which to a stream is no gap; and
 * pauses after each item.
 *
 * The pause holds the subscription back, not only the screen: a log that forgets forgets meanwhile, so a slow reader
 * meets the gaps that a slow consumer would.
 *
 * @param readings - what it meets, read as it is taken
 * @param from - the first offset wanted
 * @param pauseMs - tells the pause after an item, in milliseconds; asked anew for each, as it may change meanwhile
 * @param signal - ends the reading at once, also in a pause
 */
export async function* readSlowly(
  readings: AsyncIterable<StreamReading>,
  from: number,
  pauseMs: () => number,
  signal: AbortSignal,
): AsyncGenerator<StreamReading, void, void> {
  let isFirst = true;
  for await (const reading of readings) {
    const isItem = 'offset' in reading;
    if (isFirst && from === 0 && isItem && reading.offset > 0) {
      yield { from: 0, to: reading.offset };
    }
    isFirst = false;
    yield reading;
    const ms = isItem ? pauseMs() : 0;
    if (ms > 0) await pause(ms, signal);
  }
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
