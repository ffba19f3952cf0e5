export { type Calls, countCalls } from './calls.js';
export { type Estimate, estimate } from './estimate.js';
export { type CostsOptions, WORDS } from './events.js';
export { LIMITS, type Limit } from './limits.js';
export type { Plan, Wait } from './plan.js';
export { COSTS_TASK_QUEUE, type CostsHandle, type Side, startHost } from './start.js';
export { costsTable, wallLines } from './table.js';
export type { Wall } from './walls.js';
export type { officialWorkflow, oursWorkflow } from './workflow.js';
