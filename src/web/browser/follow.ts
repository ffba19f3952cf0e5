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
  /** A connection broke; the browser reconnects by itself and goes on after the last offset. */
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

/**
 * Follows a run to its end, with a connection for each of its readers.
 *
 * @param from - the offset that each reader wants first, in the order of the run's readers; 0 where there is none
 */
export function followRun(
  run: RunInfo,
  listener: RunListener,
  from: readonly number[] = [],
): Following {
  const next = new Map(run.readers.map((reader, index) => [reader, from[index] ?? 0]));
  const open = new Map<string, EventSource>();
  const ended = new Set<string>();
  const connected = new Set<string>();

  const tellConnected = () => {
    if ([...open.keys()].every((reader) => connected.has(reader))) listener.onConnected();
  };

  const connect = (reader: string) => {
    const source = openReader(run, reader, next.get(reader) ?? 0);
    open.set(reader, source);
    for (const topic of run.topics) {
      source.addEventListener(topic, ({ data }) => {
        const event: RunEvent = JSON.parse(data);
        next.set(reader, event.offset + 1);
        listener.onEvent(reader, event);
      });
    }
    source.addEventListener('gap', ({ data }) => {
      const gap: Gap = JSON.parse(data);
      next.set(reader, gap.to);
      listener.onGap(reader, gap);
    });
    source.addEventListener('end', ({ data }) => {
      // The server closes the connection after this, which a browser takes for a reason to reconnect.
      source.close();
      open.delete(reader);
      ended.add(reader);
      if (open.size === 0) listener.onEnd(JSON.parse(data));
      else listener.onReaderEnd(reader, [...open.keys()]);
    });
    source.addEventListener('open', () => {
      connected.add(reader);
      tellConnected();
    });
    source.addEventListener('error', () => {
      connected.delete(reader);
      if (source.readyState !== EventSource.CLOSED) {
        listener.onInterrupted();
        return;
      }
      for (const other of open.values()) other.close();
      listener.onGone();
    });
  };

  const following: Following = {
    disconnect() {
      for (const source of open.values()) source.close();
      open.clear();
      connected.clear();
    },
    reconnect() {
      for (const reader of run.readers) {
        if (!ended.has(reader) && !open.has(reader)) connect(reader);
      }
    },
    cursors: () => [...next.values()],
  };
  following.reconnect();
  return following;
}

function openReader({ events }: RunInfo, reader: string, from: number): EventSource {
  return new EventSource(`${events}?reader=${encodeURIComponent(reader)}&from=${from}`);
}
