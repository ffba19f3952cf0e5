/** When things happened. Pure. */
import type { Happening, RecordedEvent } from 'streambook/draw';
import type { Edges } from './log-watch.js';

/** Something that happened, by the recorder's clock. */
export type Happened = { time: number } & Happening;

/** A workflow task: when it was complete, and how far the log went then. */
export interface Task {
  time: number;
  end: number;
}

/**
 * When each item was appended: an append takes effect when the workflow task that made it is complete.
 * Of items that the log still holds in the end, the host knows the task. Of those that were truncated
 * nobody does, so it is taken to be the latest one that was complete when the item was first seen.
 *
 * @param seen - when each item was first seen, by offsets
 * @param tasks - of the whole run, in order, as the host tells of them in the end
 * @param base - of the log in the end
 */
export function appendTimes(
  seen: readonly number[],
  tasks: readonly Task[],
  base: number,
): number[] {
  return seen.map((time, offset) => {
    const task =
      offset < base
        ? tasks.findLast((candidate) => candidate.time <= time)
        : tasks.find(({ end }) => end > offset);
    return Math.min(task?.time ?? time, time);
  });
}

/**
 * When the base moved. Whoever asked was told how far the log went at that moment, so the base had moved
 * by the time when its last item was appended.
 */
export function truncations(edges: readonly Edges[], appended: readonly number[]): Happened[] {
  const byEnd = [...edges].sort((a, b) => a.end - b.end);
  let last = 0;
  return byEnd.flatMap(({ base, end }): Happened[] => {
    if (base <= last) return [];
    last = base;
    return [{ time: appended[end - 1] ?? 0, kind: 'truncate', base }];
  });
}

/** In the order in which things follow from each other when they happen in the same millisecond. */
const RANKS = ['attempt', 'append', 'truncate', 'arrive', 'gap', 'receive', 'leave', 'kill', 'end'];

/**
 * Puts what happened into an order, in whole milliseconds since the run began.
 *
 * @param appended - when each item was appended: nobody receives it before
 */
export function timedEvents(
  happened: readonly Happened[],
  appended: readonly number[],
  began: number,
): RecordedEvent[] {
  const events = happened.map(({ time, ...happening }): RecordedEvent => {
    const least = happening.kind === 'receive' ? (appended[happening.offset] ?? 0) : 0;
    return { at: Math.max(0, Math.round(Math.max(time, least) - began)), ...happening };
  });
  const rank = ({ kind }: RecordedEvent) => RANKS.indexOf(kind);
  return events.sort((a, b) => a.at - b.at || rank(a) - rank(b));
}
