/**
 * What can go wrong. `type` is stable and safe to compare; `message` is for the person who reads it.
 * A host's failures are ApplicationFailures with a `type` as well; those that official clients know
 * (`TruncatedOffset`, `TruncateOutOfRange`, `StreamDraining`) have the official one.
 */
import { ApplicationFailure } from '@temporalio/common';

/** Every `type` of a {@link StreamError}. */
export type StreamErrorType =
  /** The entry is bigger than any answer to a reader can be. */
  | 'ItemTooLarge'
  /** A value has no encoding, as a `bigint` has none. */
  | 'Unencodable'
  /** A value is not what the topic's schema asks for. */
  | 'InvalidValue'
  /** `publish()` was called on a client that is disposed. */
  | 'PublisherClosed'
  /** More waits to be sent than `maxBuffered` allows. */
  | 'BufferFull'
  /** A batch could not be delivered. */
  | 'FlushTimeout'
  /** Items were truncated before this subscription read them. */
  | 'Gap'
  /** The workflow continued as new without its log: what was read and what comes are not one stream. */
  | 'StreamReset'
  /** The run ended before everything in its log was read, and nothing can read the rest. */
  | 'ReadIncomplete'
  /** An item is not what this client's payload converter can read. */
  | 'Undecodable'
  /** An offset is not a whole number of 0 or more. */
  | 'InvalidOffset'
  /** A consumer of a relay took its items more slowly than the stream brought them. */
  | 'TooSlow';

/** Thrown by the client side of a stream; a host turns it into an ApplicationFailure of the same type. */
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

/**
 * Thrown when a batch was dropped: after it was tried again for `maxRetryDuration`, or at once when the
 * server refuses it for good; `cause` is the last failure.
 */
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

/** Runs something that may throw a {@link StreamError}, and throws a host's failure instead. */
export function failingAsHost<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof StreamError ? hostFailure(error.type, error.message) : error;
  }
}
