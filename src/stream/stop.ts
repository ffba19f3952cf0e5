/** Stopping at once, also in the middle of a wait. */
import type { ConnectionLike } from '@temporalio/client';

/**
 * Makes an iterator that stops at once. A generator that waits inside `await` cannot be stopped by
 * `return()`, which queues behind the wait; so a `break` elsewhere, or the caller's signal, aborts
 * the wait itself.
 *
 * @param start - makes the iterator; its calls must end when the signal aborts
 * @param outer - the caller's own signal
 */
export function stoppable<T>(
  start: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>,
  outer?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const stop = new AbortController();
  const signal = outer ? AbortSignal.any([stop.signal, outer]) : stop.signal;
  const inner = start(signal);
  const stopped = { done: true, value: undefined } as const;
  return {
    async next() {
      if (signal.aborted) return stopped;
      try {
        return await inner.next();
      } catch (error) {
        // The abort makes the call under way fail; that failure is the stop that was asked for.
        if (signal.aborted) return stopped;
        throw error;
      }
    },
    async return() {
      stop.abort();
      await inner.return().catch(() => {});
      return stopped;
    },
    async throw(error) {
      stop.abort();
      return inner.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return();
    },
  };
}

/**
 * Makes a call to the server that ends when the signal aborts. Each call gets a signal of its own:
 * the connection adds a listener for every call and removes none, which on the signal of a long
 * subscription would be a leak.
 */
export async function stoppably<T>(
  connection: ConnectionLike,
  signal: AbortSignal,
  call: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const own = new AbortController();
  const abort = (): void => own.abort();
  signal.addEventListener('abort', abort);
  try {
    return await connection.withAbortSignal(own.signal, call);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
