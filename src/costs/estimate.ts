/** What a plan comes to in the end. */
import { DOLLARS_PER_MILLION, SUGGESTION } from './limits.js';
import { type Plan, planOf } from './plan.js';
import { EVENTS, type Rates, ratesOf, subscriptionsOf, wireBytes } from './rates.js';
import { type Wall, wallsOf } from './walls.js';

// #region estimate
/** What a plan costs over its whole time. */
export interface Estimate {
  plan: Plan;
  perSecond: Rates;
  /** Readers that ask the server: relays where there are any. */
  subscriptions: number;
  items: number;
  signals: number;
  updates: number;
  queries: number;
  longPolls: number;
  /** Of all runs together. */
  events: number;
  historyBytes: number;
  /** What the log takes at the end, in the worker and in the input of a next run. */
  logBytes: number;
  /** How often the server suggests to continue as new, if the workflow does. */
  rollovers: number;
  /** Actions of Temporal Cloud: a start or rollover, a signal, a query, an update each. */
  actions: number;
  dollars: number;
  /** What a single run would run into, the first one first. */
  walls: Wall[];
}

/**
 * Computes what a plan costs. The figures are upper bounds for quiet readers, whose batches may share a
 * workflow task, and lower bounds for polls, which may not.
 *
 * @throws RangeError for a value that makes no sense
 */
export function estimate(given: Partial<Plan> = {}): Estimate {
  const plan = planOf(given);
  const perSecond = ratesOf(plan);
  const { seconds, keepItems } = plan;
  const total = (rate: number): number => Math.round(rate * seconds);
  const items = total(perSecond.items);
  const rollovers = Math.floor(seconds / suggestedAfter(perSecond));
  const signals = total(perSecond.signals);
  const updates = total(perSecond.updates);
  const queries = total(perSecond.queries);
  const actions = 1 + rollovers + signals + updates + queries;
  return {
    plan,
    perSecond,
    subscriptions: subscriptionsOf(plan),
    items,
    signals,
    updates,
    queries,
    longPolls: total(perSecond.longPolls),
    // A run that ends writes one event more, and the next one starts.
    events: total(perSecond.events) + EVENTS.start + rollovers * (EVENTS.start + 1),
    historyBytes: total(perSecond.historyBytes),
    logBytes: Math.min(items, keepItems) * wireBytes(plan.itemBytes),
    rollovers,
    actions,
    dollars: (actions * DOLLARS_PER_MILLION) / 1e6,
    walls: wallsOf(plan, perSecond),
  };
}

/** After how many seconds of a run the server suggests to continue as new. */
export function suggestedAfter({ events, historyBytes, updates }: Rates): number {
  return Math.min(
    (SUGGESTION.events.value - EVENTS.start) / events,
    SUGGESTION.historyBytes.value / historyBytes,
    SUGGESTION.updates.value / updates,
  );
}
// #endregion estimate
