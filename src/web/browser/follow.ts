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

/** Follows a run from offset 0 to its end, with a connection for each of its readers. */
export function followRun(run: RunInfo, listener: RunListener): void {
  const open = new Map(run.readers.map((reader) => [reader, openReader(run, reader)]));
  const connected = new Set<string>();

  const tellConnected = () => {
    if ([...open.keys()].every((reader) => connected.has(reader))) listener.onConnected();
  };

  for (const [reader, source] of open) {
    for (const topic of run.topics) {
      source.addEventListener(topic, ({ data }) => listener.onEvent(reader, JSON.parse(data)));
    }
    source.addEventListener('gap', ({ data }) => listener.onGap(reader, JSON.parse(data)));
    source.addEventListener('end', ({ data }) => {
      // The server closes the connection after this, which a browser takes for a reason to reconnect.
      source.close();
      open.delete(reader);
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
  }
}

function openReader({ events }: RunInfo, reader: string): EventSource {
  return new EventSource(`${events}?reader=${encodeURIComponent(reader)}`);
}
