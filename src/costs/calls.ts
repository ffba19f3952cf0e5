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

/** Sorts and adds up what `countCalls` of chapter 2 has counted, of one client or of several. */
export function billOf(...clients: Readonly<Record<string, number>>[]): CallCounts {
  const total = (name: string): number =>
    clients.reduce((sum, { [name]: calls = 0 }) => sum + calls, 0);
  const starts = total('startWorkflowExecution');
  const signals = total('signalWorkflowExecution');
  const queries = total('queryWorkflow');
  const updates = total('updateWorkflowExecution');
  const longPolls = total('getWorkflowExecutionHistory');
  return { signals, queries, updates, longPolls, actions: starts + signals + queries + updates };
}
// #endregion bill
