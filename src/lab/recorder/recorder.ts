/** Records a real run: what the log and its readers did, by a clock, and what the history tells afterwards. */
import type { WorkflowHandle } from '@temporalio/client';
import { WorkflowStreamClient, type WorkflowStreamItem } from 'streambook/client';
import type { Happening, RecordedEvent, Recording, Span } from 'streambook/draw';
import { type Diagram, type DiagramOptions, diagramOf } from './diagram.js';
import { edgesOf, watchLog } from './log-watch.js';
import { appendTimes, type Happened, type Task, timedEvents, truncations } from './timing.js';

/** What a recording is to show, beside what it hears. */
export interface RecorderOptions<T> extends DiagramOptions {
  title: string;
  topics: string[];
  readers: string[];
  participants: string[];
  /** What it runs on, in words. */
  on: string;
  /** An item in a few words. */
  textOf: (item: WorkflowStreamItem<T>) => string;
  /** What an item is coloured by, one of `topics`. @defaultValue its topic */
  topicOf?: (item: WorkflowStreamItem<T>) => string;
  /** Which attempt said it, where something is tried again. */
  attemptOf?: (item: WorkflowStreamItem<T>) => number;
}

/** Hears a run. */
export interface Recorder {
  /** Notes what just happened. */
  note(happening: Happening): void;
  /** Notes all items that a reader receives, and passes them on. */
  hear<Item extends { offset: number }>(
    reader: string,
    items: AsyncIterable<Item>,
    from?: number,
  ): AsyncGenerator<Item, void, undefined>;
  /**
   * Waits for the end of the run, and makes a recording of what was heard and of the run's history.
   *
   * @param spans - times at which participants were busy that the history does not tell
   * @throws RangeError when what was heard is no sound recording: the machine was too slow to watch
   */
  finish(spans?: (events: readonly RecordedEvent[]) => Span[]): Promise<Recording>;
}

/** The time by a clock that only goes forward, in milliseconds as `Date.now()` counts them. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Begins to record a run that has just been started.
 *
 * @param handle - of the workflow that hosts the stream
 */
export function record<T>(handle: WorkflowHandle, options: RecorderOptions<T>): Recorder {
  const {
    title,
    topics,
    readers,
    participants,
    on,
    host,
    textOf,
    topicOf = ({ topic }) => topic,
    attemptOf,
  } = options;
  const heard: Happened[] = [];
  const note = (happening: Happening): void => {
    heard.push({ time: now(), ...happening });
  };
  const stream = new WorkflowStreamClient(handle);
  const log = watchLog<T>(stream, handle, now);

  return {
    note,
    async *hear(reader, items, from = 0) {
      note({ kind: 'arrive', reader, offset: from });
      for await (const item of items) {
        note({ kind: 'receive', reader, offset: item.offset });
        yield item;
      }
    },
    async finish(spans = () => []) {
      const { items, edges } = await log;
      const { events: history = [] } = await handle.fetchHistory();
      const { began, tasks, ended, messages, spans: known } = diagramOf(history ?? [], options);
      const seen = items.map(({ time, item }) => Math.min(time, ...receipts(heard, item.offset)));
      const { base } = await edgesOf(handle, { from: items.length });
      const appended = appendTimes(seen, await ends(handle, tasks, items.length), base);
      const begun = attemptTeller();
      const appends = items.flatMap(({ item }): Happened[] => {
        const time = appended[item.offset] ?? 0;
        const attempt = attemptOf?.(item);
        const append = { kind: 'append', offset: item.offset, topic: topicOf(item) } as const;
        const words = { text: textOf(item), ...(attempt === undefined ? {} : { attempt }) };
        return [...begun(attempt, time), { time, ...append, ...words }];
      });
      const end: Happened = { time: ended, kind: 'end', text: `${host} has ended` };
      const happened = [...appends, ...truncations(edges, appended), ...heard, end];
      const events = timedEvents(happened, appended, began);
      return {
        ...{ title, day: new Date(began).toISOString().slice(0, 10), on },
        ...{ topics, readers, participants, host, events, messages },
        spans: [...known, ...spans(events)],
      };
    },
  };
}

/** Tells of an attempt with the first word that it says. */
function attemptTeller(): (attempt: number | undefined, time: number) => Happened[] {
  let latest = 0;
  return (attempt, time) => {
    if (attempt === undefined || attempt <= latest) return [];
    latest = attempt;
    return [{ time, kind: 'attempt', attempt }];
  };
}

/** When readers received an item. */
function receipts(heard: readonly Happened[], offset: number): number[] {
  return heard.flatMap((one) => (one.kind === 'receive' && one.offset === offset ? one.time : []));
}

/** Asks how far the log went after each workflow task. */
async function ends(
  handle: WorkflowHandle,
  tasks: Diagram['tasks'],
  from: number,
): Promise<Task[]> {
  const found: Task[] = [];
  for (const { id, time } of tasks) {
    const { end } = await edgesOf(handle, { from, afterTask: id });
    found.push({ time, end });
  }
  return found;
}
