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

  constructor(
    private readonly log: Log,
    private readonly polls: Polls,
  ) {
    this.carriedBytes = log.bytes;
  }

  /** Why the run should make way for its successor, if it should. */
  get reason(): RolloverReason | undefined {
    const { continueAsNewSuggested, historyLength, historySize } = workflowInfo();
    return rolloverReason({
      isSuggested: continueAsNewSuggested,
      events: historyLength,
      bytes: historySize,
      signals: this.signals,
      updates: this.polls.taken,
      logBytes: this.log.bytes,
      carriedBytes: this.carriedBytes,
    });
  }
}
// #endregion usage
