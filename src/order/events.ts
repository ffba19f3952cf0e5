// #region events
/** Where the order stands; published by the workflow on the topic `status`. */
export interface Status {
  kind: 'received' | 'shipped' | 'complete';
  orderId: string;
}

/** What is happening in detail; published by the activity, and once by the workflow, on `progress`. */
export interface Progress {
  message: string;
}
// #endregion events

/** What an order needs to know. */
export interface OrderInput {
  orderId: string;
  /** Whether the card network accepts the card. @defaultValue 'ok' */
  card?: 'ok' | 'declined';
}
