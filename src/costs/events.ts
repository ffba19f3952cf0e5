// #region events
/** The topic of the streams of this chapter. */
export const WORDS = 'words';

/** What a workflow of this chapter does beside hosting a stream. */
export interface CostsOptions {
  /** Items that the workflow publishes at once when it starts. @defaultValue 0 */
  fill?: number;
  /** How long the text in each of them is, in characters. @defaultValue 10 */
  fillLength?: number;
  /** Items that it publishes one by one, each after a timer. @defaultValue 0 */
  ticks?: number;
  /** How long each of those timers takes, in milliseconds. @defaultValue 10 */
  tickMs?: number;
  /** Whether it continues as new when the server suggests it. @defaultValue false */
  heeds?: boolean;
}
// #endregion events

/** What a run of such a workflow begins with. */
export interface CostsInput<State> extends CostsOptions {
  /** The stream of the run before. */
  state?: State;
  /** How many of the ticks are done. */
  ticked?: number;
}
