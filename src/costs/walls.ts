/** Which limit a run meets first, and what happens then. */
import { LIMITS } from './limits.js';
import type { Plan } from './plan.js';
import { EVENTS, type Rates, subscriptionsOf, wireBytes } from './rates.js';

// #region wall
/** A limit that a run will meet, if it goes on for long enough and never continues as new. */
export interface Wall {
  limit: keyof typeof LIMITS;
  /** When, in seconds from the start of the run; 0 is at once. */
  afterSeconds: number;
  /** What happens then. */
  consequence: string;
}

/** What a single run would run into, the first wall first. */
export function wallsOf(plan: Plan, rates: Rates): Wall[] {
  const isOfficial = plan.wait === 'official';
  const item = wireBytes(plan.itemBytes);
  const batch = Math.max(rates.logBytes / rates.signals, item);
  const now = (isMet: boolean): number => (isMet ? 0 : Number.POSITIVE_INFINITY);
  const walls: Wall[] = [
    {
      limit: 'payloadBytes',
      afterSeconds: now((isOfficial ? batch : item) > LIMITS.payloadBytes.value),
      consequence: isOfficial ? 'a batch is refused, and all behind it waits' : 'publish() throws',
    },
    {
      limit: 'updatesInFlight',
      afterSeconds: now(isOfficial && subscriptionsOf(plan) >= LIMITS.updatesInFlight.value),
      consequence: 'updates of your own are refused while readers wait',
    },
    {
      limit: 'actionsPerSecond',
      afterSeconds: now(
        rates.signals + rates.queries + rates.updates > LIMITS.actionsPerSecond.value,
      ),
      consequence: 'Temporal Cloud slows the namespace down',
    },
    {
      limit: 'updates',
      afterSeconds: LIMITS.updates.value / rates.updates,
      consequence: isOfficial ? 'readers throw' : 'readers wait quietly from then on',
    },
    {
      limit: 'signals',
      afterSeconds: LIMITS.signals.value / rates.signals,
      consequence: isOfficial ? 'batches are dropped' : 'publishers wait for a rollover',
    },
    {
      limit: 'events',
      afterSeconds: (LIMITS.events.value - EVENTS.start) / rates.events,
      consequence: 'the server terminates the run',
    },
    {
      limit: 'historyBytes',
      afterSeconds: LIMITS.historyBytes.value / rates.historyBytes,
      consequence: 'the server terminates the run',
    },
  ];
  return walls
    .filter(({ afterSeconds }) => Number.isFinite(afterSeconds))
    .sort((one, other) => one.afterSeconds - other.afterSeconds);
}
// #endregion wall
