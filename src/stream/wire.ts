/**
 * The names and shapes that cross a process boundary. They are those of Temporal's own workflow
 * streams (`@temporalio/workflow-streams` 1.23 and its siblings in Python, Go, Java and .NET), so
 * that a client of one works with a host of another. Shapes only ever gain optional fields.
 */
import type { Entry, Item } from './log.js';

/** Signal: append a batch. */
export const PUBLISH_SIGNAL = '__temporal_workflow_stream_publish';
/** Update: wait for items and return them. */
export const POLL_UPDATE = '__temporal_workflow_stream_poll';
/** Query: the offset that the next item will get. */
export const OFFSET_QUERY = '__temporal_workflow_stream_offset';
/** Query: return the items that are there, at once. Ours: official hosts do not have it. */
export const READ_QUERY = 'workflow_stream_read';
/**
 * Query of the hosts and clients in Python from 1.35 on: the poll's argument and result, without the
 * wait. By it their clients read what is left of a run that has closed.
 */
export const POLL_QUERY = POLL_UPDATE;

/** One entry of a batch: a topic and a serialized `Payload` in base64. */
export type PublishEntry = Entry;

/** Argument of {@link PUBLISH_SIGNAL}. */
export interface PublishInput {
  items: PublishEntry[];
  /** Who publishes; empty for a publisher that does not want repeated batches recognised. */
  publisher_id: string;
  /** The publisher's batches count 1, 2, 3, …; the host takes each number once. */
  sequence: number;
  /**
   * True when the sequence counts items instead of batches, so that of a batch that was cut
   * differently the first time, only the new items are taken. Ours: official hosts ignore it.
   */
  numbers_items?: boolean;
}

/** Argument of {@link POLL_UPDATE}. */
export interface PollInput {
  /** Topics to return; an empty list means all. (Go writes an empty list as `null`.) */
  topics: string[];
  from_offset: number;
}

/** An item as polls and reads return it. */
export type WorkflowStreamWireItem = Item;

/** Result of {@link POLL_UPDATE}. */
export interface PollResult {
  items: WorkflowStreamWireItem[];
  next_offset: number;
  /** True when the answer was cut short and the next one is there already. */
  more_ready: boolean;
}

/** Argument of {@link READ_QUERY}. */
export interface ReadInput extends PollInput {
  /**
   * Most bytes of JSON that the items may take, up to 64 KiB less than 2 MiB; older hosts give a
   * million at most. @defaultValue a million
   */
  max_bytes?: number;
  /**
   * Leaves out what was appended after a workflow task, named by the event that completed it.
   * @defaultValue everything
   */
  after_task?: number;
}

/** Result of {@link READ_QUERY}. */
export interface ReadResult extends PollResult {
  /** The first offset that the log still holds. */
  base_offset: number;
  /** The offset that the next item will get. */
  end_offset: number;
  /** Names the log: the run in which it began. */
  log_id?: string;
}

// #region state
/** What a run hands to its successor. The shape is that of the official hosts, except Python's. */
export interface WorkflowStreamState {
  /** The items; their offsets follow from `base_offset` and are written as 0. */
  log: WorkflowStreamWireItem[];
  base_offset: number;
  /** The last sequence number taken from each publisher. */
  publisher_sequences: Record<string, number>;
  /** When each publisher was last heard of, in seconds since the epoch. */
  publisher_last_seen: Record<string, number>;
  /** Names the log: the run in which it began. Ours: official hosts drop it. */
  log_id?: string;
}
// #endregion state

/** True for a non-negative whole number that a double holds exactly: what an offset must be. */
export function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** True for what a host may read from: a known topic filter and a proper offset. */
export function isPollInput(value: unknown): value is PollInput {
  return (
    isRecord(value) &&
    isOffset(value.from_offset) &&
    (value.topics === null || isStrings(value.topics))
  );
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

/** True for what a log can keep, though perhaps no reader can decode it. */
export function isEntry(value: unknown): value is Entry {
  return isRecord(value) && typeof value.topic === 'string' && typeof value.data === 'string';
}

/** True for a value with named fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
