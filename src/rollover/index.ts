export { type Account, accountFor } from './account.js';
export {
  type Closed,
  type Logbook,
  READINGS,
  type Reading,
  VOLUMES,
  type Volume,
} from './events.js';
export { INSTRUMENTS, reportSteadily } from './instruments.js';
export { describeAccount, describeVolume, describeWatch, runsTable } from './lines.js';
export { type Line, linesOf } from './plot.js';
export { readAttached, readInVisits, type Seen } from './readers.js';
export { type RunSummary, runsOf } from './runs.js';
export {
  closeLighthouse,
  type Lighthouse,
  ROLLOVER_TASK_QUEUE,
  startEndless,
  startForgetful,
  startLighthouse,
  turnPage,
} from './start.js';
export { keepWatch, type Watch, type WatchOptions } from './watch.js';
export type { lighthouseWorkflow } from './workflow.js';
