/** Continuing as new: the run ends, its successor goes on with the log. */
import type { Workflow } from '@temporalio/common';
import { type Duration, msToNumber } from '@temporalio/common/lib/time.js';
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  workflowInfo,
  log as workflowLog,
} from '@temporalio/workflow';
import { hostFailure } from '../errors.js';
import type { Log } from '../log.js';
import type { Count } from '../metrics.js';
import { MAX_INPUT_BYTES } from '../size.js';
import type { WorkflowStreamState } from '../wire.js';
import type { Polls } from './polls.js';
import type { Publishers } from './publishers.js';
import { fitInput, fitState, type Overflow } from './state.js';

/** What a rollover needs to know of the stream. */
export interface RolloverOptions {
  log: Log;
  publishers: Publishers;
  polls: Polls;
  /** Names the log: the run in which it began; absent when that is not known. */
  logId: string | undefined;
  overflow: Overflow;
  count: Count;
}

/** The end of a run as its stream sees it. */
export class Rollover {
  private isDetached = false;
  private isCaptured = false;

  constructor(private readonly stream: RolloverOptions) {}

  /** Answers the polls that wait and refuses new ones. */
  detachPollers(): void {
    this.isDetached = true;
    this.stream.polls.drain();
  }

  /** @throws ApplicationFailure `StreamSealed` when what is published now would not be carried over */
  assertOpen(): void {
    if (!this.isCaptured) return;
    throw hostFailure(
      'StreamSealed',
      'The state of the stream was captured for the next run. Publish before getState().',
    );
  }

  /**
   * What the next run needs; final once the pollers are detached.
   *
   * @param publisherTtl - publishers that have been silent for longer are forgotten
   * @param maxBytes - most bytes of JSON that it may take
   * @throws ApplicationFailure `StateTooLarge`
   */
  capture(publisherTtl: Duration, maxBytes = MAX_INPUT_BYTES): WorkflowStreamState {
    const { log, publishers, logId, overflow } = this.stream;
    const { items } = log.read();
    const whole: WorkflowStreamState = {
      log: items.map((item) => ({ ...item, offset: 0 })),
      base_offset: log.base,
      ...publishers.snapshot(msToNumber(publisherTtl) / 1000, Date.now() / 1000),
      ...(logId !== undefined && { log_id: logId }),
    };
    const state = fitState(whole, maxBytes, overflow);
    this.isCaptured = this.isDetached;
    return state;
  }

  /**
   * Ends the run once every handler is done.
   *
   * @throws ApplicationFailure `StateTooLarge`; the stream goes on as before then
   */
  async continueAsNew<F extends Workflow>(
    buildArgs: (state: WorkflowStreamState) => Parameters<F>,
    publisherTtl: Duration,
  ): Promise<never> {
    this.detachPollers();
    await condition(allHandlersFinished);
    return continueAsNew<F>(...this.buildInput(buildArgs, publisherTtl));
  }

  private buildInput<A extends unknown[]>(
    buildArgs: (state: WorkflowStreamState) => A,
    publisherTtl: Duration,
  ): A {
    const { log, polls, overflow, count } = this.stream;
    let kept = log.next - log.base;
    const capture = (maxBytes: number) => {
      const state = this.capture(publisherTtl, maxBytes);
      kept = state.log.length;
      return state;
    };
    try {
      const args = fitInput(capture, buildArgs, overflow);
      const left = log.next - log.base - kept;
      if (left > 0) workflowLog.warn(`The oldest ${left} items do not fit into the next run.`);
      count('dropped', left, { reason: 'rollover' });
      return args;
    } catch (error) {
      this.isDetached = this.isCaptured = false;
      polls.resume();
      throw error;
    }
  }
}

/** The name of a log that begins in this run. */
export function newLogId(): string {
  return workflowInfo().runId;
}
