/**
 * Readers of one process who have caught up ask the same questions at the same moment: for the events
 * after the last one, and for the items that the news told of. Each question is sent once.
 */
import type { WorkflowClient } from '@temporalio/client';
import { callUntilDeadline, untilAborted } from './stop.js';

/** A call under way, and how many wait for it. */
interface SharedCall {
  answer: Promise<unknown>;
  readers: number;
  stop: AbortController;
}

const callsUnderWay = new WeakMap<WorkflowClient, Map<string, SharedCall>>();

/**
 * Makes a call, or joins the one under way for the same question. It ends early when nobody waits for
 * its answer any more.
 *
 * @param question - everything on which the answer depends
 * @param signal - ends the wait of this reader
 * @param deadline - how long the call may take, in milliseconds
 */
export async function callOnce<T>(
  client: WorkflowClient,
  question: unknown,
  signal: AbortSignal,
  deadline: number,
  call: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const key = JSON.stringify(question);
  const calls = callsUnderWay.get(client) ?? new Map<string, SharedCall>();
  callsUnderWay.set(client, calls);
  const begin = (stop: AbortSignal) => callUntilDeadline(client.connection, stop, deadline, call);
  const shared = calls.get(key) ?? open(calls, key, begin);
  shared.readers++;
  try {
    return await untilAborted(signal, shared.answer as Promise<T>);
  } finally {
    shared.readers--;
    if (shared.readers === 0) end(calls, key, shared);
  }
}

function open(
  calls: Map<string, SharedCall>,
  key: string,
  begin: (stop: AbortSignal) => Promise<unknown>,
): SharedCall {
  const stop = new AbortController();
  const shared = { answer: begin(stop.signal), readers: 0, stop };
  calls.set(key, shared);
  // Who comes after the answer asks again: it is only as new as the question.
  const leave = () => forget(calls, key, shared);
  shared.answer.then(leave, leave);
  return shared;
}

function end(calls: Map<string, SharedCall>, key: string, shared: SharedCall): void {
  forget(calls, key, shared);
  shared.stop.abort();
}

function forget(calls: Map<string, SharedCall>, key: string, shared: SharedCall): void {
  if (calls.get(key) === shared) calls.delete(key);
}
