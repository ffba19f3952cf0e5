/** What a run has used of its limits. */
import { workflowInfo } from '@temporalio/workflow';
import type { Log } from '../log.js';
import type { Polls } from './polls.js';
import { type RolloverReason, rolloverReason } from './suggestion.js';

// #region usage
/** Counts what the server does not tell a workflow about its run. */
export class Usage {
  /** Publish signals taken. */
  signals = 0;
  /** What the run before handed over of the log. */
  private readonly carriedBytes: number;
  /** What the server told of the run in its first task. */
  private readonly begun: { isSuggested: boolean; bytes: number };

  constructor(
    private readonly log: Log,
    private readonly polls: Polls,
  ) {
    this.carriedBytes = log.bytes;
    const { continueAsNewSuggested: isSuggested, historySize: bytes } = workflowInfo();
    this.begun = { isSuggested, bytes };
  }

  /** Why the run should make way for its successor, if it should. */
  get reason(): RolloverReason | undefined {
    const { continueAsNewSuggested, historyLength, historySize } = workflowInfo();
    return rolloverReason({
      isSuggested: continueAsNewSuggested,
      begunSuggested: this.begun.isSuggested,
      events: historyLength,
      bytes: historySize,
      begunBytes: this.begun.bytes,
      signals: this.signals,
      updates: this.polls.taken,
      logBytes: this.log.bytes,
      carriedBytes: this.carriedBytes,
    });
  }
}
// #endregion usage
