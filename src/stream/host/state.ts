/** What a run hands to its successor, and how it is made to fit into the successor's input. */
import { defaultPayloadConverter } from '@temporalio/common';
import { hostFailure } from '../errors.js';
import { type Entry, Log } from '../log.js';
import { itemBytes, MAX_INPUT_BYTES } from '../size.js';
import { isEntry, isOffset, type WorkflowStreamState } from '../wire.js';

// #region overflow
/**
 * What to do with a log that is too big to carry over, for which the server would terminate the
 * workflow: leave out the oldest items, or refuse to continue as new.
 */
export type Overflow = 'trim' | 'refuse';
// #endregion overflow

// #region restore
/** The log that a run before handed over, or a new one. */
export function restoreLog(state?: Partial<WorkflowStreamState> | null): Log {
  // Who starts a workflow from Python or Go writes `null` for no state.
  const { log: items, base_offset: base } = state ?? {};
  const log = new Log(isOffset(base) ? base : 0);
  for (const item of Array.isArray(items) ? items : []) {
    if (isEntry(item)) log.append(item);
  }
  return log;
}
// #endregion restore

// #region fit-state
/**
 * Returns the state with as many of the newest items as fit.
 *
 * @param maxBytes - most bytes of JSON for the whole state
 * @throws ApplicationFailure `StateTooLarge` when something does not fit and the overflow is refused
 */
export function fitState(
  state: WorkflowStreamState,
  maxBytes: number,
  overflow: Overflow,
): WorkflowStreamState {
  let bytes = jsonBytes({ ...state, log: [] });
  let first = state.log.length;
  for (; first > 0; first--) {
    bytes += itemBytes(state.log[first - 1] as Entry);
    if (bytes > maxBytes) break;
  }
  if (first > 0 && overflow === 'refuse') throw tooLarge(maxBytes);
  return { ...state, log: state.log.slice(first), base_offset: state.base_offset + first };
}
// #endregion fit-state

// #region fit-input
/**
 * Builds the arguments of the next run around a state that leaves them room.
 *
 * @param capture - returns the state in at most so many bytes
 * @param build - makes the arguments of it; called again with less when they are too big
 * @throws ApplicationFailure `StateTooLarge` when they are too big without any item, or must not be trimmed
 */
export function fitInput<A extends unknown[]>(
  capture: (maxBytes: number) => WorkflowStreamState,
  build: (state: WorkflowStreamState) => A,
  overflow: Overflow,
): A {
  for (let maxBytes = MAX_INPUT_BYTES; ; ) {
    const state = capture(maxBytes);
    const args = build(state);
    const excess = inputBytes(args) - MAX_INPUT_BYTES;
    if (excess <= 0) return args;
    if (overflow === 'refuse' || state.log.length === 0) throw tooLarge(MAX_INPUT_BYTES);
    // At least one item less each time, so this ends.
    maxBytes = Math.min(maxBytes - excess, jsonBytes(state) - 1);
  }
}
// #endregion fit-input

function inputBytes(args: unknown[]): number {
  return args.reduce<number>((sum, arg) => {
    const data = defaultPayloadConverter.toPayload(arg)?.data;
    return sum + (data?.length ?? 0);
  }, 0);
}

function jsonBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

function tooLarge(maxBytes: number): Error {
  return hostFailure(
    'StateTooLarge',
    `The stream's state is over the ${maxBytes} bytes that the next run's input can carry. ` +
      'Truncate the log, bound it with `retain`, or let `overflow: "trim"` leave out the oldest items.',
  );
}
