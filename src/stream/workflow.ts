/**
 * The workflow's side: `WorkflowStream` keeps the log and answers publishers and readers. Everything
 * here runs in Temporal's sandbox and is replayed from history: no clock, no randomness, no I/O.
 */
import { defaultPayloadConverter, HandlerUnfinishedPolicy, type Payload } from '@temporalio/common';
import {
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  setHandler,
  workflowInfo,
  log as workflowLog,
} from '@temporalio/workflow';
import { readBatch } from './batch.js';
import { encodePayloadWire } from './codec.js';
import { hostFailure } from './errors.js';
import { Log, type Page } from './log.js';
import { isBytes, isPayload } from './payload.js';
import { explainTooLarge, isTooLarge, itemBytes, MAX_PAGE_BYTES, MAX_TASK_BYTES } from './size.js';
import {
  isOffset,
  isPollInput,
  OFFSET_QUERY,
  POLL_UPDATE,
  type PollInput,
  type PollResult,
  PUBLISH_SIGNAL,
  type PublishInput,
  READ_QUERY,
  type ReadInput,
  type ReadResult,
} from './wire.js';

export { decodeBase64, encodeBase64 } from './base64.js';
export {
  decodePayloadProto,
  decodePayloadWire,
  encodePayloadProto,
  encodePayloadWire,
} from './codec.js';
export type { WorkflowStreamItem } from './item.js';
export type { PollInput, PollResult, PublishEntry, PublishInput } from './wire.js';

/** Signal by which publishers append a batch. */
export const workflowStreamPublishSignal = defineSignal<[PublishInput]>(PUBLISH_SIGNAL);
/** Update by which readers of the official clients wait for items. */
export const workflowStreamPollUpdate = defineUpdate<PollResult, [PollInput]>(POLL_UPDATE);
/** Query for the offset that the next item will get. */
export const workflowStreamOffsetQuery = defineQuery<number>(OFFSET_QUERY);
/** Query by which our readers read: no event of history, and answered after the run has closed. */
export const workflowStreamReadQuery = defineQuery<ReadResult, [ReadInput]>(READ_QUERY);

// #region host
/**
 * An event stream hosted by the workflow that constructs it. Construct it before the first `await`:
 * a publish signal may arrive in the very first workflow task.
 *
 * @example
 * const stream = new WorkflowStream();
 * stream.topic<Status>('status').publish({ kind: 'received' });
 */
export class WorkflowStream {
  private readonly log = new Log();
  /** The last sequence number taken from each publisher, so that a repeated batch is known. */
  private readonly sequences = new Map<string, number>();
  private readonly topics = new Map<string, WorkflowTopicHandle<unknown>>();
  /** The bytes of the answers to polls in the workflow task under way. */
  private answers = { task: 0, bytes: 0 };

  constructor() {
    setHandler(workflowStreamPublishSignal, (input) => this.onPublish(input));
    setHandler(workflowStreamReadQuery, (input) => this.onRead(input));
    setHandler(workflowStreamOffsetQuery, () => this.log.next);
    setHandler(workflowStreamPollUpdate, (input) => this.onPoll(input), {
      validator: refuseMalformedPoll,
      // A reader that still waits when the workflow is done is no mistake of the workflow.
      unfinishedPolicy: HandlerUnfinishedPolicy.ABANDON,
    });
  }
  // #endregion host

  /** The topic of that name; one handle each. `T` is checked by the compiler only. */
  topic<T = unknown>(name: string): WorkflowTopicHandle<T> {
    let topic = this.topics.get(name);
    if (!topic) {
      topic = new WorkflowTopicHandle(name, (value) => this.append(name, value));
      this.topics.set(name, topic);
    }
    return topic as WorkflowTopicHandle<T>;
  }

  // #region append
  private append(topic: string, value: unknown): void {
    const entry = { topic, data: encodePayloadWire(toPayload(topic, value)) };
    if (isTooLarge(entry)) throw hostFailure('ItemTooLarge', explainTooLarge(topic));
    this.log.append(entry);
  }
  // #endregion append

  // #region on-publish
  private onPublish(input: unknown): void {
    const { publisherId, sequence, entries, refused, reason } = readBatch(input);
    if (refused > 0) workflowLog.warn(`Dropped ${refused} of a publish signal's items: ${reason}.`);
    if (publisherId) {
      if (sequence <= (this.sequences.get(publisherId) ?? 0)) return;
      this.sequences.set(publisherId, sequence);
    }
    for (const entry of entries) this.log.append(entry);
  }
  // #endregion on-publish

  // #region on-read
  private onRead(input: unknown): ReadResult {
    refuseMalformedPoll(input);
    const { topics, from_offset: from, max_bytes: asked } = input;
    const maxBytes = isOffset(asked) ? Math.min(asked, MAX_PAGE_BYTES) : MAX_PAGE_BYTES;
    const page = this.log.read({ from, topics, maxBytes });
    return { ...toResult(page), base_offset: this.log.base };
  }
  // #endregion on-read

  private async onPoll({ topics, from_offset }: PollInput): Promise<PollResult> {
    let page: Page = { items: [], next: from_offset, more: false };
    // A cancelled workflow may still publish how it cleaned up, so its readers are not cancelled.
    await CancellationScope.nonCancellable(() =>
      // Reading on from where the last look ended keeps a wait for a rare topic cheap.
      condition(() => {
        page = this.log.read({ from: page.next, topics, maxBytes: MAX_PAGE_BYTES });
        return page.items.length > 0;
      }),
    );
    if (this.fitsIntoTask(page)) return toResult(page);
    return { items: [], next_offset: from_offset, more_ready: true };
  }

  /**
   * The answers of one workflow task leave the worker in one message, and the server refuses it over
   * 4 MiB, each time that the task is tried again. A poll whose page finds no room is answered empty
   * and comes back at once.
   */
  private fitsIntoTask({ items }: Page): boolean {
    const task = workflowInfo().historyLength;
    if (task !== this.answers.task) this.answers = { task, bytes: 0 };
    const bytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
    if (this.answers.bytes > 0 && this.answers.bytes + bytes > MAX_TASK_BYTES) return false;
    this.answers.bytes += bytes;
    return true;
  }
}

// #region topic
/** A typed topic of the workflow's own stream; made by {@link WorkflowStream.topic}. */
export class WorkflowTopicHandle<T = unknown> {
  /** @internal */
  constructor(
    readonly name: string,
    private readonly append: (value: unknown) => void,
  ) {}

  /**
   * Appends a value. A ready-made `Payload` is appended as it is.
   *
   * @throws ApplicationFailure `ItemTooLarge` when the encoded value is over 2 MiB less 64 KiB
   * @throws ApplicationFailure `Unencodable` when the value cannot be encoded, as a `bigint`
   */
  publish(value: T | Payload): void {
    this.append(value);
  }
}
// #endregion topic

const BINARY = new TextEncoder().encode('binary/plain');

function toPayload(topic: string, value: unknown): Payload {
  if (isPayload(value)) return value;
  // The default converter's `instanceof` misses bytes made outside the sandbox, by TextEncoder say.
  if (isBytes(value)) return { metadata: { encoding: BINARY }, data: new Uint8Array(value) };
  try {
    return defaultPayloadConverter.toPayload(value);
  } catch (error) {
    const reason = (error as Error).message;
    throw hostFailure('Unencodable', `A value for "${topic}" cannot be encoded: ${reason}`);
  }
}

function toResult({ items, next, more }: Page): PollResult {
  return { items, next_offset: next, more_ready: more };
}

function refuseMalformedPoll(input: unknown): asserts input is ReadInput {
  if (isPollInput(input)) return;
  throw hostFailure(
    'InvalidPoll',
    'A read needs { topics: string[], from_offset: a whole number of 0 or more }.',
  );
}
