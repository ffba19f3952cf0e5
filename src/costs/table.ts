/** What a plan costs, for people: a table with a column for each plan. */
import { type Estimate, suggestedAfter } from './estimate.js';
import { LIMITS } from './limits.js';
import type { Wall } from './walls.js';

const NAME_WIDTH = 24;
const CELL_WIDTH = 16;

const ROWS: readonly (readonly [string, (cost: Estimate) => string])[] = [
  ['subscriptions', ({ subscriptions }) => grouped(subscriptions)],
  ['items', ({ items }) => grouped(items)],
  ['signals', ({ signals }) => grouped(signals)],
  ['updates', ({ updates }) => grouped(updates)],
  ['queries', ({ queries }) => grouped(queries)],
  ['long polls', ({ longPolls }) => grouped(longPolls)],
  ['events of history', ({ events }) => grouped(events)],
  ['bytes of history', ({ historyBytes }) => inBytes(historyBytes)],
  ['bytes of the log', ({ logBytes }) => inBytes(logBytes)],
  ['Actions of the Cloud', ({ actions }) => grouped(actions)],
  ['at $50 a million', ({ dollars }) => `$${dollars.toFixed(4)}`],
  ['rollover suggested', (cost) => inWords(suggestedAfter(cost.perSecond))],
  ['first wall', ({ walls }) => nameOf(walls[0])],
  ['met after', ({ walls }) => (walls[0] ? inWords(walls[0].afterSeconds) : 'never')],
];

// #region table
/** The costs of several plans, one column each under its name. */
export function costsTable(columns: Readonly<Record<string, Estimate>>): string {
  const line = (name: string, cells: readonly string[]): string =>
    name.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padStart(CELL_WIDTH)).join('');
  const costs = Object.values(columns);
  return [
    line('', Object.keys(columns)),
    ...ROWS.map(([name, cell]) => line(name, costs.map(cell))),
  ].join('\n');
}
// #endregion table

/** The walls of a plan, one a line, the first one first. */
export function wallLines({ walls, logBytes }: Estimate): string[] {
  const lines = walls.map(
    (wall) => `${inWords(wall.afterSeconds).padEnd(12)}${nameOf(wall)}: ${wall.consequence}`,
  );
  if (logBytes <= LIMITS.payloadBytes.value) return lines;
  return [...lines, `at a rollover the log of ${inBytes(logBytes)} does not fit into 2.0 MB`];
}

/** A whole number with its thousands set apart: `51,200`. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** Bytes as people say them: `1.9 MB`. */
export function inBytes(bytes: number): string {
  if (bytes < 1024) return `${Math.round(bytes)} B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KB`;
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}

/** A time as people say it: `6.7 min`. */
export function inWords(seconds: number): string {
  if (seconds === 0) return 'at once';
  if (!Number.isFinite(seconds)) return 'never';
  if (seconds < 100) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  if (seconds < 100 * 60) return `${(seconds / 60).toFixed(1)} min`;
  if (seconds < 48 * 3_600) return `${(seconds / 3_600).toFixed(1)} h`;
  return `${(seconds / 86_400).toFixed(1)} days`;
}

const NAMES: Readonly<Record<Wall['limit'], string>> = {
  updates: 'updates',
  updatesInFlight: 'updates under way',
  signals: 'signals',
  events: 'events',
  historyBytes: 'history',
  payloadBytes: 'a payload',
  messageBytes: 'a message',
  actionsPerSecond: 'Actions/s',
};

/** A wall by its limit, as `2,000 updates`. */
function nameOf(wall: Wall | undefined): string {
  if (!wall) return 'none';
  const { value } = LIMITS[wall.limit];
  const isBytes = wall.limit.endsWith('Bytes');
  return `${isBytes ? inBytes(value) : grouped(value)} ${NAMES[wall.limit]}`;
}
