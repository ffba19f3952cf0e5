import type { WorkflowHandle } from '@temporalio/client';
import { READ_QUERY, type ReadInput, type ReadResult } from 'streambook/wire';
import { type Kept, TICKS } from './events.js';

// #region measure
/** What a ticker has cost when it is done. */
export interface Cost {
  /** Items that its log holds. */
  items: number;
  /** Bytes of JSON that a run which continues as new would carry over: the log, and a little more. */
  stateBytes: number;
  /** Bytes of JSON in the first answer to a reader that begins now. */
  answerBytes: number;
  /** Events in its history. */
  events: number;
  /** What they take in the server's store, in bytes. */
  historyBytes: number;
}

/** Waits until a ticker is done and measures what is left of it. */
export async function measureTicker(ticker: WorkflowHandle): Promise<Cost> {
  await ticker.result();
  const { base, next, stateBytes } = await ticker.query<Kept>('kept');
  const input: ReadInput = { topics: [TICKS], from_offset: 0 };
  const answer = await ticker.query<ReadResult, [ReadInput]>(READ_QUERY, input);
  const { historyLength, historySize } = await ticker.describe();
  return {
    items: next - base,
    stateBytes,
    answerBytes: JSON.stringify(answer).length,
    events: historyLength,
    historyBytes: historySize ?? 0,
  };
}
// #endregion measure

const ROWS: readonly (readonly [keyof Cost, string])[] = [
  ['items', 'items in the log'],
  ['stateBytes', 'bytes to carry over'],
  ['answerBytes', 'bytes of an answer'],
  ['events', 'events of history'],
  ['historyBytes', 'bytes of history'],
];

/** The costs of several tickers as a table, one column each under its name. */
export function costTable(columns: Readonly<Record<string, Cost>>): string {
  const line = (name: string, cells: readonly (string | number)[]): string =>
    name.padEnd(20) + cells.map((cell) => String(cell).padStart(14)).join('');
  const costs = Object.values(columns);
  return [
    line('', Object.keys(columns)),
    ...ROWS.map(([key, name]) =>
      line(
        name,
        costs.map((cost) => cost[key]),
      ),
    ),
  ].join('\n');
}
