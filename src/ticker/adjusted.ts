import type { Forgetting } from './events.js';
import { isWithin, RANGES } from './options.js';

// #region adjusted
/**
 * What is in force after a wish. A wish that makes no sense changes nothing: there is nobody to tell, and
 * a workflow must not fail over what anybody may send it.
 *
 * @param now - what is in force
 * @param wanted - what came with the signal, of any shape; what it does not name stays
 */
export function adjusted(now: Forgetting, wanted: unknown): Forgetting {
  if (typeof wanted !== 'object' || wanted === null) return now;
  const { truncateEvery, keepLast } = { ...now, ...wanted };
  const makesSense =
    isWithin(truncateEvery, RANGES.truncateEvery) && isWithin(keepLast, RANGES.keepLast);
  return makesSense ? { truncateEvery, keepLast } : now;
}
// #endregion adjusted
