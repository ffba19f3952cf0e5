/** Keeps an eye on a backlog in the background, beside whoever reads. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Backlog, besideStatus, STATUS_HEADER } from './status.js';

/** How often the stream is asked for its length, in milliseconds. */
const ASK_EVERY = 500;
/** How often a line says that we are still here, in milliseconds. */
const HEARTBEAT_EVERY = 1_000;

/** A terminal, a pipe or a file, as far as it matters here. */
export interface Output {
  write(text: string): unknown;
  /** Width of a terminal, in characters. */
  columns?: number;
}

/** Prints lines with the backlog on their left. */
export interface Monitor {
  print(text: string): void;
  /** Notes that the reader is done with everything before an offset. */
  processed(nextOffset: number): void;
  /** Asks for the length once more, then stops. */
  stop(): Promise<void>;
}

/**
 * Starts to ask for the length of a stream, and prints a heartbeat each second.
 *
 * @param getOffset - the stream's; a failure is passed over, since the next answer is a moment away
 */
export function startMonitor(getOffset: () => Promise<number>, output: Output): Monitor {
  const backlog: Backlog = { processed: 0, available: 0 };
  const stop = new AbortController();
  const print = (text: string): void => {
    output.write(`${besideStatus(backlog, text, output.columns)}\n`);
  };
  const ask = async (): Promise<void> => {
    const available = await getOffset().catch(() => 0);
    backlog.available = Math.max(backlog.available, available);
  };
  const watch = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await ask();
      await delay(ASK_EVERY, undefined, { signal: stop.signal }).catch(() => {});
    }
  };

  output.write(`${STATUS_HEADER}\n`);
  const watching = watch();
  const heartbeat = setInterval(() => print('·'), HEARTBEAT_EVERY);
  return {
    print,
    processed(nextOffset) {
      backlog.processed = nextOffset;
      backlog.available = Math.max(backlog.available, nextOffset);
    },
    async stop() {
      clearInterval(heartbeat);
      stop.abort();
      await watching;
    },
  };
}
