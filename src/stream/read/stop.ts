/** Stopping at once, also in the middle of a wait. */
import type { ConnectionLike } from '@temporalio/client';

// #region stoppable
/**
 * Makes an iterator that stops at once. A generator that waits inside `await` cannot be stopped by
 * `return()`, which queues behind the wait; so a `break` elsewhere, or the caller's signal, aborts
 * the wait itself.
 *
 * @param start - makes the iterator; its calls must end when the signal aborts
 * @param outer - the caller's own signal
 */
export function stoppableIterator<T>(
  start: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>,
  outer?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const stop = new AbortController();
  const { signal } = stop;
  // Not `AbortSignal.any`, which in Node 20 keeps every dependent of a signal that lives on.
  const abort = (): void => stop.abort();
  const end = (): void => outer?.removeEventListener('abort', abort);
  if (outer?.aborted) abort();
  else outer?.addEventListener('abort', abort);

  const inner = start(signal);
  const stopped = { done: true, value: undefined } as const;
  return {
    async next() {
      if (signal.aborted) return stopped;
      try {
        const result = await inner.next();
        if (result.done) end();
        return result;
      } catch (error) {
        end();
        // The abort makes the call under way fail; that failure is the stop that was asked for.
        if (signal.aborted) return stopped;
        throw error;
      }
    },
    async return() {
      end();
      stop.abort();
      await inner.return().catch(() => {});
      return stopped;
    },
    async throw(error) {
      end();
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
// #endregion stoppable

// #region call
/**
 * Makes a call to the server that ends when the signal aborts. Not every connection can end a call
 * under way (a worker's own cannot, nor can a call that the SDK is repeating), so the abort does not
 * wait for it. And each call gets a signal of its own: the connection adds a listener for every call
 * and removes none, which on the signal of a long subscription would be a leak.
 */
export async function callUntilAborted<T>(
  connection: ConnectionLike,
  signal: AbortSignal,
  call: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const own = new AbortController();
  return untilAborted(signal, connection.withAbortSignal(own.signal, call), () => own.abort());
}

/**
 * Waits for a promise until the signal aborts.
 *
 * @param stop - ends what the promise waits for
 */
export async function untilAborted<T>(
  signal: AbortSignal,
  promise: Promise<T>,
  stop = (): void => {},
): Promise<T> {
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      stop();
      reject(signal.reason);
    };
  });
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * Such a call, which besides fails after a deadline, in milliseconds from now. The connection's own
 * deadline is not enough: it does not end the pause of a second or two that the SDK makes before it
 * repeats a call which the server has refused.
 */
export function callUntilDeadline<T>(
  connection: ConnectionLike,
  signal: AbortSignal,
  deadline: number,
  call: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const own = new AbortController();
  const timed = () => connection.withDeadline(Date.now() + deadline, call);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(deadlineExceeded(deadline));
      own.abort();
    }, deadline);
  });
  const answer = Promise.race([connection.withAbortSignal(own.signal, timed), late]);
  return untilAborted(signal, answer, () => own.abort()).finally(() => clearTimeout(timer));
}
// #endregion call

/** What gRPC throws for a call that took too long (https://grpc.io/docs/guides/status-codes/). */
function deadlineExceeded(deadline: number): Error {
  const details = `No answer within ${Math.round(deadline)} ms.`;
  return Object.assign(new Error(details), { code: 4, details, metadata: {} });
}
