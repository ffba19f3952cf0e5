/** Which failures of a call pass by themselves, and how long to wait before the next try. */
import { setTimeout as delay } from 'node:timers/promises';
import { isGrpcServiceError } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';

/**
 * INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED, UNIMPLEMENTED, UNAUTHENTICATED of the codes of gRPC
 * (https://grpc.io/docs/guides/status-codes/).
 */
const PERMANENT: ReadonlySet<number> = new Set([3, 5, 7, 12, 16]);

/**
 * True when the server has refused a call for good. A publisher repeats everything else for as long
 * as it may: an error that it does not know, from a payload codec for example, is no reason to lose
 * a batch.
 */
export function isPermanent(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError || isTooLargeToReceive(error)) return true;
  const { code, details } = grpcError(error) ?? {};
  return code !== undefined && PERMANENT.has(code) && !SIGNAL_LIMIT.test(details ?? '');
}

/**
 * A run takes 10,000 signals (`history.maximumSignalsPerExecution`). The server answers the next one
 * with INVALID_ARGUMENT, but it goes to the successor once the run has continued as new.
 */
const SIGNAL_LIMIT = /limit for signal events/;

// #region transient
/**
 * UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL and UNAVAILABLE, which every caller
 * of gRPC repeats. Besides them CANCELLED, with which the SDK's native connection may report a lost
 * one; and FAILED_PRECONDITION, with which the server refuses queries while no worker polls, and polls
 * while a workflow continues as new.
 */
const TRANSIENT: ReadonlySet<number> = new Set([2, 4, 8, 10, 13, 14, 1, 9]);

/**
 * True when a read may succeed later. A reader has no deadline, so it waits only for what is known
 * to pass, and throws the rest.
 */
export function isTransient(error: unknown): boolean {
  const code = grpcError(error)?.code;
  return code !== undefined && TRANSIENT.has(code) && !isTooLargeToReceive(error);
}
// #endregion transient

/** True when no answer came, because the connection was lost or the server took too long. */
export function isUnavailable(error: unknown): boolean {
  const code = grpcError(error)?.code;
  return code === 4 || code === 14;
}

/** What the server's gRPC error says at the bottom of an error, or an empty text. */
export function grpcDetails(error: unknown): string {
  return grpcError(error)?.details ?? '';
}

/** True when the answer was over what the client's gRPC connection accepts, 4 MiB by default. */
export function isTooLargeToReceive(error: unknown): boolean {
  return /larger than max/.test(grpcDetails(error));
}

function grpcError(error: unknown): { code: number; details: string } | undefined {
  // The Temporal client wraps gRPC errors in a ServiceError and keeps the original as its cause.
  for (let e = error; e instanceof Error; e = e.cause) {
    if (isGrpcServiceError(e)) return e;
  }
  return undefined;
}

// #region backoff
/** First wait between tries and the longest one, in milliseconds. */
const FIRST_WAIT = 100;
const LONGEST_WAIT = 5_000;

/**
 * Waits before try number `attempt` + 1: 100 ms, doubled each time up to 5 s, half of it random so
 * that many clients cut off together do not come back together.
 *
 * @param attempt - how many tries have failed, from 1
 * @throws AbortError when the signal aborts
 */
export async function backoff(attempt: number, signal?: AbortSignal): Promise<void> {
  const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1));
  await delay(longest * (0.5 + Math.random() / 2), undefined, { signal });
}
// #endregion backoff

// #region persist
/**
 * Calls until the call succeeds, fails for good, or the signal aborts.
 *
 * @param call - is told the number of the try, from 1
 * @param mayPass - tells a failure that may pass from one that will not
 */
export async function persist<T>(
  call: (attempt: number) => Promise<T>,
  mayPass: (error: unknown) => boolean,
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call(attempt);
    } catch (error) {
      if (signal?.aborted || !mayPass(error)) throw error;
      await backoff(attempt, signal);
    }
  }
}
// #endregion persist
