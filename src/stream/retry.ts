/** Which failures of a call pass by themselves, and how long to wait before the next try. */
import { setTimeout as delay } from 'node:timers/promises';
import { isGrpcServiceError } from '@temporalio/client';

/** gRPC status codes: https://grpc.io/docs/guides/status-codes/ */
const GRPC = {
  UNKNOWN: 2,
  DEADLINE_EXCEEDED: 4,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  INTERNAL: 13,
  UNAVAILABLE: 14,
} as const;

const TRANSIENT: ReadonlySet<number> = new Set([
  GRPC.UNKNOWN,
  GRPC.DEADLINE_EXCEEDED,
  GRPC.RESOURCE_EXHAUSTED,
  GRPC.ABORTED,
  GRPC.INTERNAL,
  GRPC.UNAVAILABLE,
]);

/** True when the same call may succeed later: the network, a restart, an overload. */
export function isTransient(error: unknown): boolean {
  const code = grpcCode(error);
  return code !== undefined && TRANSIENT.has(code);
}

/**
 * True when a read may succeed later. Besides the transient failures, that is when no worker polls
 * the task queue: the server then refuses queries with FAILED_PRECONDITION until one comes back.
 */
export function isTransientRead(error: unknown): boolean {
  return isTransient(error) || grpcCode(error) === GRPC.FAILED_PRECONDITION;
}

function grpcCode(error: unknown): number | undefined {
  // The Temporal client wraps gRPC errors in a ServiceError and keeps the original as its cause.
  for (let e = error; e instanceof Error; e = e.cause) {
    if (isGrpcServiceError(e)) return e.code;
  }
  return undefined;
}

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
