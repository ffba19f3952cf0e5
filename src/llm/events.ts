// #region events
/** What an attempt to answer tells; each kind is published on the topic of its name. */
export type AnswerEvent = Start | Retry | Delta | Complete | Failed;

/** An attempt has begun. */
export interface Start {
  kind: 'start';
  attempt: number;
  /** Which model is asked. */
  model: string;
  /** Whether a script answers instead of a model. */
  scripted: boolean;
}

/** The attempt begins the answer anew: what earlier attempts have said no longer counts. */
export interface Retry {
  kind: 'retry';
  attempt: number;
}

/** The next piece of the answer. */
export interface Delta {
  kind: 'delta';
  attempt: number;
  text: string;
}

/** The attempt has said everything, or was cut at the model's limit of length. */
export interface Complete {
  kind: 'complete';
  attempt: number;
  finish: Finish;
}

/** The attempt has failed. */
export interface Failed {
  kind: 'failed';
  attempt: number;
  reason: string;
  /** Whether another attempt follows. */
  again: boolean;
}

/** Why a model stopped: it had finished, or had reached the most that it may write. */
export type Finish = 'stop' | 'length';
// #endregion events

/** The topics of an answer's stream. */
export const ANSWER_TOPICS: AnswerEvent['kind'][] = [
  'start',
  'retry',
  'delta',
  'complete',
  'failed',
];

/** How often a question is put to the model before the workflow gives up. */
export const MAX_ATTEMPTS = 3;

/** What the workflow and its activity need to know. No key: this is stored in the history. */
export interface LlmInput {
  prompt: string;
  model: string;
  /**
   * How long a piece of text waits to be sent with others, in milliseconds; with 0 every piece is
   * sent at once. @defaultValue 200
   */
  batchMs?: number;
}
