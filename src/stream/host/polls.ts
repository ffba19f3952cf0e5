/** The answers to official readers, who poll by an update that waits in the workflow for items. */
import { CancellationScope, condition, workflowInfo } from '@temporalio/workflow';
import { hostFailure } from '../errors.js';
import type { Log, Page } from '../log.js';
import { itemBytes, MAX_PAGE_BYTES, MAX_TASK_BYTES } from '../size.js';
import { isPollInput, type PollInput, type PollResult } from '../wire.js';

/**
 * How many polls may wait at once. The server lets a workflow have ten updates under way
 * (`history.maxInFlightUpdates`), and refuses the workflow's own updates as well beyond that.
 */
const MAX_WAITING = 8;

/** Answers polls of one log. */
export class Polls {
  private waiting = 0;
  private accepted = 0;
  private draining = false;
  /** The bytes of the answers in the workflow task under way. */
  private answers = { task: 0, bytes: 0 };

  constructor(private readonly log: Log) {}

  /** How many polls the run has taken. */
  get taken(): number {
    return this.accepted;
  }

  /** Answers all polls that wait, and refuses new ones until {@link resume}. */
  drain(): void {
    this.draining = true;
  }

  /** Takes polls again. */
  resume(): void {
    this.draining = false;
  }

  /**
   * Refuses a poll before it is taken, which leaves nothing in the history. `StreamDraining` tells an
   * official client to ask again in a moment.
   *
   * @throws ApplicationFailure `InvalidPoll`, `StreamDraining`
   */
  validate(input: unknown): void {
    refuseMalformedPoll(input);
    if (this.draining) {
      throw hostFailure('StreamDraining', 'The workflow is about to continue as new. Ask again.');
    }
    if (this.waiting >= MAX_WAITING && this.wouldWait(input)) {
      throw hostFailure('StreamDraining', `${MAX_WAITING} readers wait already. Ask again.`);
    }
  }

  /**
   * Waits until there are items, and returns them.
   *
   * @throws ApplicationFailure `TruncatedOffset` when items that the reader has not seen are forgotten
   */
  async answer({ topics, from_offset: from }: PollInput): Promise<PollResult> {
    let page: Page = { items: [], next: from, more: false };
    let isLost = false;
    this.waiting++;
    this.accepted++;
    // A cancelled workflow may still publish how it cleaned up, so its readers are not cancelled.
    await CancellationScope.nonCancellable(() =>
      condition(() => {
        isLost = isTruncated(this.log, page.next);
        if (isLost) return true;
        // Reading on from where the last look ended keeps a wait for a rare topic cheap.
        page = this.log.read({ from: page.next, topics: topics ?? [], maxBytes: MAX_PAGE_BYTES });
        return page.items.length > 0 || this.draining;
      }),
    );
    this.waiting--;
    if (isLost) throw truncated(from, this.log.base);
    if (this.fitsIntoTask(page)) return toResult(page);
    return { items: [], next_offset: from, more_ready: true };
  }

  private wouldWait({ topics, from_offset: from }: PollInput): boolean {
    if (isTruncated(this.log, from)) return false;
    return this.log.read({ from, topics: topics ?? [], maxBytes: 1 }).items.length === 0;
  }

  /**
   * The answers of one workflow task leave the worker in one message, and the server refuses it over
   * 4 MiB, each time that the task is tried again. A poll whose page finds no room is answered empty
   * and comes back at once. The task of a rollover has the successor's input to carry besides.
   */
  private fitsIntoTask({ items }: Page): boolean {
    const task = workflowInfo().historyLength;
    if (task !== this.answers.task) this.answers = { task, bytes: 0 };
    const bytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
    const total = this.answers.bytes + bytes;
    const fits = this.draining
      ? total <= MAX_PAGE_BYTES
      : this.answers.bytes === 0 || total <= MAX_TASK_BYTES;
    if (fits) this.answers.bytes = total;
    return fits;
  }
}

// #region truncated
/** True when an offset is forgotten; 0 means the start of whatever is left, so it never is. */
export function isTruncated(log: Log, offset: number): boolean {
  return offset !== 0 && offset < log.base;
}

/** What a reader is told that asks for a forgotten offset. */
export function truncated(offset: number, base: number): Error {
  return hostFailure(
    'TruncatedOffset',
    `Offset ${offset} has been truncated; the stream now begins at ${base}.`,
  );
}
// #endregion truncated

/** A page as it crosses the wire. */
export function toResult({ items, next, more }: Page): PollResult {
  return { items, next_offset: next, more_ready: more };
}

/** @throws ApplicationFailure `InvalidPoll` */
export function refuseMalformedPoll(input: unknown): asserts input is PollInput {
  if (isPollInput(input)) return;
  throw hostFailure(
    'InvalidPoll',
    'A read needs { topics: string[], from_offset: a whole number of 0 or more }.',
  );
}
