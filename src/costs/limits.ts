/**
 * The limits of a run that a stream can meet, as the server has them by default and Temporal Cloud too
 * (https://docs.temporal.io/cloud/limits), with the names of the settings in
 * https://github.com/temporalio/temporal/blob/main/common/dynamicconfig/constants.go.
 */

// #region limits
/** A limit, and the setting by which a server of one's own can have another. */
export interface Limit {
  value: number;
  setting?: string;
}

export const LIMITS = {
  /** Updates that a run has accepted; refused ones do not count. */
  updates: { value: 2_000, setting: 'history.maxTotalUpdates' },
  /** Updates of a run that are under way. */
  updatesInFlight: { value: 10, setting: 'history.maxInFlightUpdates' },
  signals: { value: 10_000, setting: 'history.maximumSignalsPerExecution' },
  /** Events of a run: then the server terminates it. */
  events: { value: 51_200, setting: 'limit.historyCount.error' },
  /** Bytes of a run's history: likewise. */
  historyBytes: { value: 50 * 1024 * 1024, setting: 'limit.historySize.error' },
  /** Bytes of a payload: an argument, a result, the input of the next run. */
  payloadBytes: { value: 2 * 1024 * 1024, setting: 'limit.blobSize.error' },
  /** Bytes of a message of gRPC. */
  messageBytes: { value: 4 * 1024 * 1024 },
  /** Actions in a second of a namespace of Temporal Cloud, unless it has earned more. */
  actionsPerSecond: { value: 500 },
} as const satisfies Record<string, Limit>;

/** When a server begins to suggest that a run continues as new. */
export const SUGGESTION = {
  events: { value: 4_096, setting: 'limit.historyCount.suggestContinueAsNew' },
  historyBytes: { value: 4 * 1024 * 1024, setting: 'limit.historySize.suggestContinueAsNew' },
  /** Nine tenths of the updates. */
  updates: { value: 1_800, setting: 'history.maxTotalUpdates.suggestContinueAsNewThreshold' },
} as const satisfies Record<string, Limit>;
// #endregion limits

/** What a million Actions cost at first, in US dollars; later ones cost less (https://temporal.io/pricing). */
export const DOLLARS_PER_MILLION = 50;
