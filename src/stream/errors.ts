/**
 * What can go wrong. `type` is stable and safe to compare; `message` is for the person who reads it.
 * A host's failures (`ItemTooLarge`, `Unencodable`,
 * `InvalidPoll`) are ApplicationFailures with a `type` as well.
 */
import { ApplicationFailure } from '@temporalio/common';

/** Every `type` of a {@link StreamError}. */
export type StreamErrorType =
  /** The entry is bigger than any answer to a reader can be. */
  | 'ItemTooLarge'
  /** `publish()` was called on a client that is disposed. */
  | 'PublisherClosed'
  /** A batch could not be delivered. */
  | 'FlushTimeout'
  /** The run ended before everything in its log was read, and nothing can read the rest. */
  | 'ReadIncomplete'
  /** An item is not what this client's payload converter can read. */
  | 'Undecodable'
  /** An offset is not a whole number of 0 or more. */
  | 'InvalidOffset';

/** Thrown by the client side of a stream. */
export class StreamError extends Error {
  constructor(
    readonly type: StreamErrorType,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StreamError';
  }
}

/** Thrown when a batch was retried for `maxRetryDuration` without an answer, and dropped. */
export class FlushTimeoutError extends StreamError {
  constructor(message: string, options?: ErrorOptions) {
    super('FlushTimeout', message, options);
    this.name = 'FlushTimeoutError';
  }
}

/**
 * A failure that a workflow can throw without harm: in a handler it is answered to the caller,
 * where any other error would fail the workflow task and be tried again for ever.
 */
export function hostFailure(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true });
}
