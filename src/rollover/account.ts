/** Whether a reader has got what there was: every item, once, in order. */

// #region account
/** What is to say of the offsets that a reader has received. */
export interface Account {
  items: number;
  /** Offsets that were skipped. */
  missing: number;
  /** Items that came again, or after a later one. */
  repeated: number;
}

/**
 * Holds offsets against 0, 1, 2, … up to the end.
 *
 * @param end - one past the last offset that there is
 */
export function accountFor(offsets: readonly number[], end: number): Account {
  let next = 0;
  let [missing, repeated] = [0, 0];
  for (const offset of offsets) {
    if (offset < next) repeated++;
    missing += Math.max(0, offset - next);
    next = Math.max(next, offset + 1);
  }
  return { items: offsets.length, missing: missing + Math.max(0, end - next), repeated };
}
// #endregion account
