// Seen from `assets/`, this path leads to where src/web/pages.ts puts it.
import { followEvents, Refused } from '../../stream/sse/follow-events.js';
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

/** Follows a run from offset 0 to its end, with a connection for each of its readers. */
export function followRun(run: RunInfo, listener: RunListener): Following {
  const next = new Map(run.readers.map((reader) => [reader, 0]));
  const reading = new Set(run.readers);
  const connected = new Set<string>();
  let leaving: AbortController | undefined;

  async function read(reader: string, signal: AbortSignal): Promise<void> {
    const onState = (state: 'open' | 'waiting') => {
      if (state === 'open') connected.add(reader);
      else connected.delete(reader);
      if (state === 'waiting') listener.onInterrupted();
      else if ([...reading].every((other) => connected.has(other))) listener.onConnected();
    };
    const address = `${run.events}?reader=${encodeURIComponent(reader)}`;
    const options = { from: next.get(reader) ?? 0, signal, onState };
    for await (const { event, offset, data } of followEvents(address, options)) {
      if (offset !== undefined) next.set(reader, offset + 1);
      if (event === 'gap') listener.onGap(reader, JSON.parse(data));
      else if (run.topics.includes(event)) listener.onEvent(reader, JSON.parse(data));
      if (event !== 'end') continue;
      reading.delete(reader);
      if (reading.size === 0) listener.onEnd(JSON.parse(data));
      else listener.onReaderEnd(reader, [...reading]);
    }
  }

  const following: Following = {
    disconnect() {
      leaving?.abort();
      connected.clear();
    },
    reconnect() {
      const ours = new AbortController();
      leaving = ours;
      for (const reader of reading) {
        read(reader, ours.signal).catch((error) => {
          if (ours.signal.aborted) return;
          following.disconnect();
          if (error instanceof Refused) listener.onGone();
          else throw error;
        });
      }
    },
    cursors: () => [...next.values()],
  };
  following.reconnect();
  return following;
}
