export { TICKS, type Tick, type TickerOptions } from './events.js';
export { type Lanes, lanesFor, type Side } from './lanes.js';
export { describeJump, describeTally, describeTick } from './lines.js';
export { type Cost, costTable, measureTicker } from './measure.js';
export { RANGES, type Range, tickerOptions } from './options.js';
export { startTicker, TICKER_TASK_QUEUE } from './start.js';
export { NOTHING, type Tally, withTick } from './tally.js';
export { type Jump, jumpOver, type Sighting, watchTicks } from './watch.js';
export type { tickerWorkflow } from './workflow.js';
