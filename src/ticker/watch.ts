import type { Gap, WorkflowStreamClient } from 'streambook/client';
import { TICKS, type Tick } from './events.js';

/** Offsets that a reader will never see, told by those on either side. */
export interface Jump {
  /** The last offset that was seen; -1 when none was. */
  last: number;
  /** The next one that is there. */
  next: number;
  dropped: number;
}

/** A tick that has arrived, and what was lost just before it. */
export interface Sighting {
  offset: number;
  tick: Tick;
  jump?: Jump;
}

// #region watch
/**
 * Yields the ticks of a stream from its first one on, each with the jump that led to it. A reader that
 * finds nothing new twice can be told of two gaps in a row; to whoever watches they are one jump.
 *
 * @param signal - ends the reading
 */
export async function* watchTicks(
  stream: WorkflowStreamClient,
  signal?: AbortSignal,
): AsyncGenerator<Sighting, void, undefined> {
  let lost: Gap | undefined;
  const onGap = ({ from, to }: Gap): void => {
    lost = { from: lost?.from ?? from, to };
  };
  const events = stream.topic<Tick>(TICKS).subscribe(0, { onGap, ...(signal && { signal }) });
  let isFirst = true;
  for await (const { offset, data: tick } of events) {
    // Who asks for 0 takes the log as it begins, so what was forgotten by then is no gap to the stream.
    if (isFirst && offset > 0) lost = { from: 0, to: offset };
    yield { offset, tick, ...(lost && { jump: jumpOver(lost) }) };
    lost = undefined;
    isFirst = false;
  }
}

/** The jump over a gap: from the last offset before it to the first one after it. */
export function jumpOver({ from, to }: Gap): Jump {
  return { last: from - 1, next: to, dropped: to - from };
}
// #endregion watch
