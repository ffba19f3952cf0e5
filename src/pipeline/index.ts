export { type CountingClient, countCalls } from './calls.js';
export { type CursorStore, openCursorStore } from './cursors.js';
export type { Database, Query, Row } from './database/types.js';
export {
  PIPELINE_TOPICS,
  type PipelineInput,
  STAGES,
  type StageEvent,
  type StageProgress,
} from './events.js';
export { addToInbox, defineInbox, describeTally, type Line, tallyInbox } from './inbox.js';
export { describeEvent, type PipelineEvent } from './lines.js';
export {
  type ReaderProcess,
  type ReaderSettings,
  startReader,
  type Taken,
} from './reader/process.js';
export { type ReadingOptions, readOn } from './reading.js';
export { PIPELINE_TASK_QUEUE, startPipeline } from './start.js';
export { type Backlog, besideStatus, pendingOf, STATUS_HEADER, statusColumn } from './status.js';
export { ORDERS, type Order, type Place, type Taking, take } from './take.js';
export type { pipelineWorkflow } from './workflow.js';
