/**
 * The workflow's side: `WorkflowStream` keeps the log and answers publishers and readers. Everything
 * here runs in Temporal's sandbox and is replayed from history: no clock but the workflow's own, no
 * randomness, no I/O.
 */
import {
  defaultPayloadConverter,
  HandlerUnfinishedPolicy,
  type PayloadConverter,
  type Workflow,
} from '@temporalio/common';
import { type Duration, msToNumber } from '@temporalio/common/lib/time.js';
import { metricMeter, setHandler, workflowInfo, log as workflowLog } from '@temporalio/workflow';
import { decodePayloadWire } from './codec.js';
import { encodeEntry } from './entry.js';
import { failingAsHost, hostFailure } from './errors.js';
import { readBatch } from './host/batch.js';
import * as handlers from './host/handlers.js';
import { isTruncated, Polls, refuseMalformedPoll, toResult, truncated } from './host/polls.js';
import { Publishers } from './host/publishers.js';
import { type Carried, captureState, rollOver } from './host/rollover.js';
import { claimWorkflow } from './host/second.js';
import { type Overflow, restoreLog } from './host/state.js';
import type { RolloverReason } from './host/suggestion.js';
import { WorkflowTopicHandle } from './host/topic.js';
import { Usage } from './host/usage.js';
import type { WorkflowStreamItem } from './item.js';
import type { Entry, Log, Retention } from './log.js';
import { countersOf } from './metrics.js';
import { type TopicOptions, Topics } from './schema.js';
import { MAX_PAGE_BYTES, MAX_READ_BYTES } from './size.js';
import { isOffset, type ReadInput, type ReadResult, type WorkflowStreamState } from './wire.js';

export { decodeBase64, encodeBase64 } from './base64.js';
export {
  decodePayloadProto,
  decodePayloadWire,
  encodePayloadProto,
  encodePayloadWire,
} from './codec.js';
export * from './host/handlers.js';
export type { RolloverReason } from './host/suggestion.js';
export { WorkflowTopicHandle } from './host/topic.js';
export type { WorkflowStreamItem } from './item.js';
export type {
  PollInput,
  PollResult,
  PublishEntry,
  PublishInput,
  WorkflowStreamState,
} from './wire.js';

// #region stream
/** How long a publisher is remembered, as in the official hosts: longer than a client tries again. */
const PUBLISHER_TTL: Duration = '15 minutes';

/** How a stream is hosted. */
export interface WorkflowStreamOptions {
  // #region since-4
  // #region retain-option
  /** How much of the log to keep; what is older is truncated as items come. @defaultValue all */
  retain?: Retention;
  // #endregion retain-option
  // #endregion since-4
  // #region since-7
  // #region overflow-option
  /** What to do with a log that the next run's input cannot carry. @defaultValue 'trim' */
  overflow?: Overflow;
  // #endregion overflow-option
  // #endregion since-7
  /** Converts what the workflow publishes and reads. @defaultValue the SDK's default converter */
  payloadConverter?: PayloadConverter;
}

/**
 * An event stream hosted by the workflow that constructs it. Construct it before the first `await`:
 * a publish signal may arrive in the very first workflow task.
 *
 * @example
 * const stream = new WorkflowStream();
 * stream.topic<Status>('status').publish({ kind: 'received' });
 */
export class WorkflowStream {
  private readonly log: Log;
  /** Who has published what, so that a batch that comes twice is known. */
  private readonly publishers: Publishers;
  private readonly polls: Polls;
  /** Names the log: the run in which it began; absent when an official host handed it over. */
  private readonly logId: string | undefined;
  private readonly topics = new Topics<WorkflowTopicHandle<unknown>>();
  private readonly count = countersOf(metricMeter);
  private readonly converter: PayloadConverter;
  // #region since-7
  // #region usage
  private readonly usage: Usage;
  // #endregion usage
  // #endregion since-7

  /**
   * @param priorState - what the run before handed over, in a workflow that continues as new
   * @throws ApplicationFailure `SecondStream` when the workflow hosts a stream already
   */
  constructor(
    priorState?: WorkflowStreamState,
    private readonly options: WorkflowStreamOptions = {},
  ) {
    claimWorkflow();
    this.log = restoreLog(priorState);
    this.publishers = new Publishers(msToNumber(PUBLISHER_TTL) / 1000, priorState);
    this.polls = new Polls(this.log);
    this.converter = options.payloadConverter ?? defaultPayloadConverter;
    this.logId = priorState ? priorState.log_id : workflowInfo().runId;
    // #region since-7
    // #region begin-usage
    this.usage = new Usage(this.log, this.polls);
    // #endregion begin-usage
    // #endregion since-7
    this.answer();
  }
  // #endregion stream

  // #region answer
  /** Registers what the workflow answers from now on. */
  private answer(): void {
    setHandler(handlers.workflowStreamPublishSignal, (input) => this.onPublish(input));
    setHandler(handlers.workflowStreamReadQuery, (input) => this.onRead(input));
    handlers.answerPollQuery((input) => this.onRead(input));
    setHandler(handlers.workflowStreamOffsetQuery, () => this.log.next);
    setHandler(handlers.workflowStreamPollUpdate, (input) => this.polls.answer(input), {
      validator: (input) => this.polls.validate(input),
      // A reader that still waits when the workflow is done is no mistake of the workflow.
      unfinishedPolicy: HandlerUnfinishedPolicy.ABANDON,
    });
  }
  // #endregion answer

  // #region offsets
  /** The first offset that the log still holds. */
  get baseOffset(): number {
    return this.log.base;
  }

  /** The offset that the next item will get. */
  get nextOffset(): number {
    return this.log.next;
  }
  // #endregion offsets

  // #region topic
  /**
   * The topic of that name; one handle each. Without a schema, `T` is checked by the compiler only.
   *
   * @throws TypeError when the topic was made with another schema before
   */
  topic<T = unknown>(name: string, { schema }: TopicOptions<T> = {}): WorkflowTopicHandle<T> {
    const { converter } = this;
    const append = (value: unknown): void => {
      this.append([failingAsHost(() => encodeEntry(name, value, converter, schema))]);
    };
    const read = (from: number): WorkflowStreamItem<T>[] =>
      this.read(name, from).map((item) => ({ ...item, data: converter.fromPayload(item.data) }));
    const make = () => new WorkflowTopicHandle<T>(name, { append, read }, schema);
    return this.topics.get(name, schema, make) as WorkflowTopicHandle<T>;
  }
  // #endregion topic

  // #region read
  /**
   * The items from an offset on that match the topics, at once.
   *
   * @param topics - one topic, several, or none for all
   * @param fromOffset - 0 is the start of what the log still holds
   * @throws ApplicationFailure `TruncatedOffset` when the offset is forgotten
   */
  read(topics: string | string[] = [], fromOffset = 0): WorkflowStreamItem[] {
    if (isTruncated(this.log, fromOffset)) throw truncated(fromOffset, this.log.base);
    const { items } = this.log.read({ from: fromOffset, topics: [topics].flat() });
    return items.map((item) => ({ ...item, data: decodePayloadWire(item.data) }));
  }
  // #endregion read

  // #region since-4
  // #region truncate
  /**
   * Forgets the items before an offset. A reader that has not seen them is told of the gap.
   *
   * @throws ApplicationFailure `TruncateOutOfRange` when the offset is past the end
   */
  truncate(upToOffset: number): void {
    try {
      this.log.truncate(upToOffset);
    } catch (error) {
      throw hostFailure('TruncateOutOfRange', (error as Error).message);
    }
  }
  // #endregion truncate
  // #endregion since-4

  // #region on-publish
  private append(entries: Entry[]): void {
    for (const entry of entries) this.log.append(entry, workflowInfo().historyLength);
    // #region since-4
    // #region retain
    if (this.options.retain) this.log.keep(this.options.retain);
    // #endregion retain
    // #endregion since-4
    this.count('published', entries.length);
  }

  private onPublish(input: unknown): void {
    // #region since-7
    // #region count-signal
    this.usage.signals++;
    // #endregion count-signal
    // #endregion since-7
    const batch = readBatch(input);
    const { entries, refused, reason } = batch;
    if (refused > 0) workflowLog.warn(`Dropped ${refused} of a publish signal's items: ${reason}.`);
    const fresh = this.publishers.admit(batch, Date.now() / 1000);
    this.append(fresh);
    this.count('dropped', refused, { reason: 'malformed' });
    this.count('dropped', entries.length - fresh.length, { reason: 'duplicate' });
  }
  // #endregion on-publish

  // #region on-read
  private onRead(input: unknown): ReadResult {
    refuseMalformedPoll(input);
    const { topics, from_offset: from, max_bytes: asked, after_task: task }: ReadInput = input;
    const maxBytes = isOffset(asked) ? Math.min(asked, MAX_READ_BYTES) : MAX_PAGE_BYTES;
    const end = isOffset(task) ? this.log.endAfter(task) : this.log.next;
    const page = this.log.read({ from, topics: topics ?? [], maxBytes, end });
    return { ...toResult(page), base_offset: this.log.base, end_offset: end, log_id: this.logId };
  }
  // #endregion on-read

  // #region detach
  /** Answers the polls that wait and refuses new ones, so that their handlers finish before the run ends. */
  detachPollers(): void {
    this.polls.drain();
  }
  // #endregion detach

  // #region since-7
  // #region suggested
  /**
   * Whether it is time to continue as new: a run may have so many events, updates and signals, and can
   * hand on so many bytes. Changes when messages come, so that a workflow can wait for it.
   *
   * @example
   * await condition(() => isDone || stream.rolloverSuggested);
   * if (!isDone) await stream.continueAsNew<typeof meter>((state) => [state]);
   */
  get rolloverSuggested(): boolean {
    return this.rolloverReason !== undefined;
  }

  /** Which limit the run is near, if it is time to continue as new. */
  get rolloverReason(): RolloverReason | undefined {
    return this.usage.reason;
  }
  // #endregion suggested

  // #region carry
  /**
   * What the next run needs to go on: the log, its offsets, and who has published what. What is
   * published after this call goes along as long as the object itself is passed on, and not a copy.
   *
   * @param publisherTtl - publishers that have been silent for longer are forgotten
   * @throws ApplicationFailure `StateTooLarge` when the log does not fit and `overflow` is 'refuse'
   */
  getState(publisherTtl: Duration = PUBLISHER_TTL): WorkflowStreamState {
    return captureState(this.carried, publisherTtl);
  }

  /**
   * Continues as new with the stream: detaches pollers, waits for all handlers, and starts the next
   * run with the arguments that `buildArgs` makes of the state.
   *
   * @param buildArgs - called again with a smaller state when the arguments are too big
   * @throws ApplicationFailure `StateTooLarge` when the arguments do not fit into the next run's input
   */
  continueAsNew<F extends Workflow>(
    buildArgs: (state: WorkflowStreamState) => Parameters<F>,
    options: { publisherTtl?: Duration } = {},
  ): Promise<never> {
    return rollOver<F>(this.carried, buildArgs, options.publisherTtl ?? PUBLISHER_TTL);
  }

  private get carried(): Carried {
    const { log, publishers, polls, logId, count } = this;
    return { log, publishers, polls, logId, count, overflow: this.options.overflow ?? 'trim' };
  }
  // #endregion carry
  // #endregion since-7
}
