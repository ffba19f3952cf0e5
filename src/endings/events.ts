/** The one topic of these streams. */
export const NEWS = 'news';

// #region events
/** What a customer is told of a large order. */
export interface Notice {
  /** Counts the notices: 1, 2, 3, … */
  n: number;
  /** How many there will be. */
  of: number;
  text: string;
}
// #endregion events

// #region ending
/** What a workflow does between its last notice and its end, so that readers get it. */
export type Ending =
  /** Nothing. */
  | { by: 'return' }
  /** Waits until every handler is done with what it has begun. */
  | { by: 'drain' }
  /** Sleeps for a fixed time. */
  | { by: 'sleep'; ms: number }
  /** Waits until so many readers have said that they have everything, but not for ever. */
  | { by: 'ack'; readers: number; ms: number };
// #endregion ending

/** How an order is shipped. */
export interface ShipmentInput {
  /** How many notices, from 2 to 10,000; the last one says that the order is on its way. */
  notices: number;
  ending: Ending;
}

/** What a shipment knows when it is over. */
export interface Shipped {
  /** How long it was kept open for its readers, in milliseconds. */
  openMs: number;
  /** How many readers have said in this run that they have everything. */
  acks: number;
}

/** Lets a shipment say what is left to say, and end. */
export const SHIP_SIGNAL = 'ship';

/** A reader says, by its name, that it has the last notice. */
export const ACK_SIGNAL = 'ack';

/** Tells a parcel what becomes of it. */
export const FATE_SIGNAL = 'fate';

/** What becomes of a parcel. */
export type Fate = 'held' | 'delivered' | 'lost' | 'relayed';
