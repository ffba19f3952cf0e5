import type { WorkflowHandle } from '@temporalio/client';
import { READ_QUERY, type ReadInput, type ReadResult } from 'streambook/wire';

// #region measure
/** What a ticker has cost when it is done. */
export interface Cost {
  /** Items that its log holds. */
  items: number;
  /**
   * Bytes of JSON that they take: in the memory of a worker, in the answer to a reader that begins now,
   * and in the input of a next run.
   */
  logBytes: number;
  /** Events in its history. */
  events: number;
  /** What they take in the server's store, in bytes. */
  historyBytes: number;
}

/** Waits until a ticker is done and measures what is left of it. */
export async function measureTicker(ticker: WorkflowHandle): Promise<Cost> {
  await ticker.result();
  const cost: Cost = { items: 0, logBytes: 0, events: 0, historyBytes: 0 };
  for (let from = 0, more = true; more; ) {
    const input: ReadInput = { topics: [], from_offset: from };
    const page = await ticker.query<ReadResult, [ReadInput]>(READ_QUERY, input);
    cost.items += page.items.length;
    cost.logBytes += JSON.stringify(page.items).length;
    ({ next_offset: from, more_ready: more } = page);
  }
  const { historyLength, historySize } = await ticker.describe();
  return { ...cost, events: historyLength, historyBytes: historySize ?? 0 };
}
// #endregion measure

const ROWS: readonly (readonly [keyof Cost, string])[] = [
  ['items', 'items in the log'],
  ['logBytes', 'bytes of the log'],
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
