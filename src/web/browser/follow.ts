import { followEvents, Refused } from '../../stream/sse/follow-events.js';
import { LONGEST_RETRY_MS, takeConnection } from './connections.js';
import { whileVisible } from './visible.js';
import type { Gap, Outcome, RunEvent, RunInfo } from './wire.js';

/** Who wants to know what a run does. */
export interface RunListener {
  onEvent(reader: string, event: RunEvent): void;
  /** Items were dropped before this reader came to them. */
  onGap(reader: string, gap: Gap): void;
  /** A reader has read to the end, and others have not. @param waiting - those others */
  onReaderEnd(reader: string, waiting: string[]): void;
  /** All readers have read to the end. */
  onEnd(outcome: Outcome): void;
  /** A connection broke; it is tried again, and goes on after the last offset. */
  onInterrupted(): void;
  /** All connections stand, again or for the first time. */
  onConnected(): void;
  /** Other tabs have all the connections that a browser allows; it goes on when one of them gives one back. */
  onHeldUp(): void;
  /** Nobody can see the page, so it has hung up; it goes on where each reader was when it is looked at again. */
  onHidden(): void;
  /** The live book does not know this run any more. */
  onGone(): void;
}

/** A run that is being followed. */
export interface Following {
  /** Hangs up. The workflow neither knows nor waits. */
  disconnect(): void;
  /** Goes on where each reader was. */
  reconnect(): void;
  /** The offset that each reader wants next, in the order of the run's readers. */
  cursors(): number[];
}

/** How one reader's connection is doing. */
type Line = 'asking' | 'held up' | 'open' | 'waiting';

/**
 * Follows a run to its end, with a connection for each of its readers, while the page is in sight.
 *
 * @param from - where a reader begins that does not begin at offset 0
 */
export function followRun(
  run: RunInfo,
  listener: RunListener,
  from: ReadonlyMap<string, number> = new Map(),
): Following {
  const next = new Map(run.readers.map((reader) => [reader, from.get(reader) ?? 0]));
  const reading = new Set(run.readers);
  const lines = new Map<string, Line>();
  let stop = () => {};

  function turn(reader: string, line: Line): void {
    lines.set(reader, line);
    const now = [...reading].map((other) => lines.get(other));
    if (now.includes('waiting')) listener.onInterrupted();
    else if (now.includes('held up')) listener.onHeldUp();
    else if (now.every((other) => other === 'open')) listener.onConnected();
  }

  async function read(reader: string, signal: AbortSignal): Promise<void> {
    lines.set(reader, 'asking');
    const release = await takeConnection(signal, () => turn(reader, 'held up'));
    try {
      const onState = (state: 'open' | 'waiting') => turn(reader, state);
      const address = `${run.events}?reader=${encodeURIComponent(reader)}`;
      const from = next.get(reader) ?? 0;
      const options = { from, signal, onState, longestRetryMs: LONGEST_RETRY_MS };
      for await (const { event, offset, data } of followEvents(address, options)) {
        // What has arrived when the page is left is read again when it is back.
        if (signal.aborted) return;
        if (offset !== undefined) next.set(reader, offset + 1);
        if (event === 'gap') listener.onGap(reader, JSON.parse(data));
        else if (run.topics.includes(event)) listener.onEvent(reader, JSON.parse(data));
        if (event === 'end') end(reader, JSON.parse(data));
      }
    } finally {
      release();
    }
  }

  function end(reader: string, outcome: Outcome): void {
    reading.delete(reader);
    if (reading.size > 0) {
      listener.onReaderEnd(reader, [...reading]);
      return;
    }
    following.disconnect();
    listener.onEnd(outcome);
  }

  function connect(signal: AbortSignal): void {
    for (const reader of reading) {
      read(reader, signal).catch((error) => {
        if (signal.aborted) return;
        following.disconnect();
        if (error instanceof Refused) listener.onGone();
        else throw error;
      });
    }
  }

  const following: Following = {
    disconnect: () => stop(),
    reconnect() {
      stop();
      stop = whileVisible(connect, listener.onHidden);
    },
    cursors: () => [...next.values()],
  };
  following.reconnect();
  return following;
}
