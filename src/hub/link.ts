/** A network between a publisher and the server that is slow, or loses answers. */
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type WorkflowClientInterceptor } from '@temporalio/client';
import type { PublishInput } from 'streambook/client';

/**
 * A second client on the same connection, of which every call passes an interceptor first.
 *
 * @param link - see {@link losingAnswers} and {@link slowLink}
 */
export function throughLink(client: Client, link: WorkflowClientInterceptor): Client {
  const { connection, options } = client;
  return new Client({
    connection,
    namespace: options.namespace,
    dataConverter: options.dataConverter,
    interceptors: { workflow: [link] },
  });
}

// #region losing-answers
/**
 * Lets every signal arrive, and breaks down before the answer to the first, the third, the fifth, …
 *
 * @param onLost - is told of each
 */
export function losingAnswers(onLost: () => void = () => {}): WorkflowClientInterceptor {
  let signals = 0;
  return {
    async signal(input, next) {
      await next(input);
      if (++signals % 2 === 0) return;
      onLost();
      throw new Error('The connection broke before the answer came.');
    },
  };
}
// #endregion losing-answers

// #region slow-link
/**
 * Takes its time over each signal.
 *
 * @param delayMs - how long one is on its way, in milliseconds
 * @param onArrival - is told of each batch that has arrived
 */
export function slowLink(
  delayMs: number,
  onArrival: (batch: PublishInput) => void = () => {},
): WorkflowClientInterceptor {
  return {
    async signal(input, next) {
      await delay(delayMs);
      await next(input);
      onArrival(input.args[0] as PublishInput);
    },
  };
}
// #endregion slow-link
