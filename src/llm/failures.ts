/** What went wrong with a model, in words for a person, and whether asking again can help. */
import { ApplicationFailure } from '@temporalio/common';
import { APIConnectionError, APIError } from 'openai';
import { printable } from './paper/printable.js';

/** Most characters of what a server or a model said; some answer with a page of HTML. */
const LONGEST_REASON = 300;

/** Longest wait that a server may ask for, in milliseconds; nobody waits longer for an answer to begin. */
const LONGEST_WAIT_MS = 60_000;

/** The stream ended, but the model had not. */
export function cutShort(reason = ''): ApplicationFailure {
  const message = `The answer broke off half-way${reason && `: ${reason}`}`;
  return ApplicationFailure.retryable(sentence(message), 'CutShort');
}

/** The model ended without a word. */
export function emptyAnswer(): ApplicationFailure {
  return ApplicationFailure.retryable('The model answered nothing.', 'EmptyAnswer');
}

/** The server said nothing for so long that it will not. */
export function fellSilent(ms: number): ApplicationFailure {
  const message = `The model's server has been silent for ${ms / 1_000} s.`;
  return ApplicationFailure.retryable(message, 'FellSilent');
}

/** The same question would be filtered again. */
export function filtered(): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    'The provider’s content filter stopped the answer. Ask in another way.',
    'Filtered',
  );
}

/** @param refusal - what the model said instead of an answer */
export function refusedBy(refusal: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(sentence(`The model refuses: ${refusal}`), 'Refused');
}

// #region failure-of
/**
 * Makes a failure of Temporal's out of whatever asking a model has thrown. It has no cause: the
 * original error holds the request, and what a failure holds is stored in the history.
 *
 * @param key - is taken out of what the server said
 */
export function failureOf(error: unknown, key: string): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  const message = sentence(reasonOf(error).replaceAll(key, '[key]'));
  if (error instanceof APIError && error.status !== undefined) return answered(error, message);
  if (error instanceof APIConnectionError) {
    return ApplicationFailure.retryable(
      `The model's server is not reached: ${message}`,
      'Unreached',
    );
  }
  return cutShort(message);
}

/** The server has answered the request with an error. */
function answered({ status, code, headers }: APIError, message: string): ApplicationFailure {
  if (status === 401 || status === 403) {
    // The rest of what servers say here is about the key.
    return ApplicationFailure.nonRetryable(
      `The model's server refuses the key (${status}). Check OPENAI_API_KEY where the worker runs.`,
      'KeyRefused',
    );
  }
  if (code === 'insufficient_quota') {
    return ApplicationFailure.nonRetryable(
      `The account has no credit left: ${message}`,
      'NoCredit',
    );
  }
  if (status === 429) return rateLimited(message, waitAskedFor(headers));
  if (status === 408 || status === 409 || Number(status) >= 500) {
    return ApplicationFailure.retryable(
      `The model's server has failed: ${message}`,
      'ServerFailed',
    );
  }
  return ApplicationFailure.nonRetryable(
    `The model's server refuses the request: ${message}`,
    'RequestRefused',
  );
}

function rateLimited(message: string, waitMs: number | undefined): ApplicationFailure {
  const isLong = waitMs !== undefined && waitMs > LONGEST_WAIT_MS;
  const wait = waitMs === undefined ? '' : `, which asks to wait ${Math.ceil(waitMs / 1_000)} s`;
  return ApplicationFailure.create({
    message: `Too many requests for the model's server${wait}: ${message}`,
    type: 'RateLimited',
    nonRetryable: isLong,
    ...(waitMs !== undefined && !isLong && { nextRetryDelay: waitMs }),
  });
}
// #endregion failure-of

/** `Retry-After` in milliseconds: a number of seconds or a date (RFC 9110, 10.2.3). */
export function waitAskedFor(headers: Headers | undefined, now = Date.now()): number | undefined {
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The innermost message says what the network did; those around it say that a request failed. */
function reasonOf(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause instanceof Error)
    innermost = innermost.cause;
  const message = innermost instanceof Error ? innermost.message : String(innermost);
  // An attempt on several addresses has no message, but a code.
  return message || `${(innermost as { code?: unknown }).code ?? 'unknown error'}`;
}

/** What somebody else said, as one sentence that is fit for a terminal. */
function sentence(text: string): string {
  const line = printable(text).replace(/\s+/g, ' ').trim();
  const short = line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}
