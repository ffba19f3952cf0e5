import type { Connection } from './launch.js';
import { hubLauncher } from './launch-hub.js';
import { llmLauncher } from './launch-llm.js';
import { orderLauncher } from './launch-order.js';
import { pipelineLauncher } from './launch-pipeline.js';
import { tickerLauncher } from './launch-ticker.js';
import type { Launcher } from './runs.js';

/**
 * What the live book can run, in the book's order.
 *
 * @param connection - asked at each launch, as the book is served before Temporal answers; `undefined` until then
 * @param onError - told of what goes wrong beside a run, for the terminal
 */
export function openLaunchers(
  connection: () => Connection | undefined,
  onError: (error: unknown) => void,
): ReadonlyMap<string, Launcher> {
  return new Map([
    ['order', orderLauncher(connection)],
    ['pipeline', pipelineLauncher(connection)],
    ['hub', hubLauncher(connection, onError)],
    ['ticker', tickerLauncher(connection)],
    ['llm', llmLauncher(connection, process.env)],
  ]);
}
