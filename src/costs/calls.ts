/** What counted calls come to. */

// #region bill
/** Calls to the server by what they are. */
export interface CallCounts {
  signals: number;
  queries: number;
  /** Refused ones count too. */
  updates: number;
  /** Of the history, to wait for news. */
  longPolls: number;
  /**
   * What Temporal Cloud bills of them: all but the long polls
   * (https://docs.temporal.io/cloud/actions).
   */
  actions: number;
}

/** Sorts what `countCalls` of chapter 2 has counted. */
export function billOf(calls: Readonly<Record<string, number>>): CallCounts {
  const {
    signalWorkflowExecution: signals = 0,
    queryWorkflow: queries = 0,
    updateWorkflowExecution: updates = 0,
    getWorkflowExecutionHistory: longPolls = 0,
    startWorkflowExecution: starts = 0,
  } = calls;
  return { signals, queries, updates, longPolls, actions: starts + signals + queries + updates };
}
// #endregion bill
