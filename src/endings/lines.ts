import type { Ending } from './events.js';
import type { Told } from './fates.js';
import type { Side } from './start.js';
import { type Outcome, STATES } from './trial.js';

const COLUMN = 10;

/** The head of the table: what the reader was doing, and how long the workflow was kept open. */
export const TRIALS_HEAD = [
  ''.padEnd(18),
  ...STATES.map((state) => state.padStart(COLUMN)),
  '    kept open',
].join('');

/**
 * One line of the table: what the readers of a stream got.
 *
 * @param outcomes - one for each state, in their order
 */
export function trialsLine(by: Ending['by'], side: Side, outcomes: readonly Outcome[]): string {
  const received = outcomes.map(({ received: count }) => String(count).padStart(COLUMN));
  const open = outcomes.map(({ openMs }) => openMs);
  const kept = `${seconds(Math.min(...open))} to ${seconds(Math.max(...open))} s`;
  return `${by.padEnd(8)}${side.padEnd(10)}${received.join('')}   ${kept}`;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

/** What readers were told, a line for each way to end. */
export function fatesTable(told: Readonly<Record<string, Told>>): string {
  const lines = Object.entries(told).map(([fate, { status, news }]) =>
    [fate.padEnd(18), `${status}`.padEnd(12), news.join(', ')].join(''),
  );
  return lines.join('\n');
}
