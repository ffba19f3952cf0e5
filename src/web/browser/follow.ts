import type { Outcome, RunEvent, RunInfo } from './api.js';

/** Who wants to know what a run does. */
export interface RunListener {
  onEvent(event: RunEvent): void;
  onEnd(outcome: Outcome): void;
  /** The connection broke; the browser reconnects by itself and goes on after the last offset. */
  onInterrupted(): void;
  /** The connection stands again. */
  onConnected(): void;
  /** The live book does not know this run any more. */
  onGone(): void;
}

/** Follows a run from offset 0 to its end. */
export function followRun(run: RunInfo, listener: RunListener): void {
  const source = new EventSource(run.events);
  for (const topic of run.topics) {
    source.addEventListener(topic, ({ data }) => listener.onEvent(JSON.parse(data)));
  }
  source.addEventListener('end', ({ data }) => {
    // The server closes the connection after this, which a browser takes for a reason to reconnect.
    source.close();
    listener.onEnd(JSON.parse(data));
  });
  source.addEventListener('open', () => listener.onConnected());
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) listener.onGone();
    else listener.onInterrupted();
  });
}
