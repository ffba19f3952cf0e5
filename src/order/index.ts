export type { OrderInput, Progress, Status } from './events.js';
export { describeEvent, type OrderEvent } from './lines.js';
export { ORDER_TASK_QUEUE, startOrder } from './start.js';
export type { orderWorkflow } from './workflow.js';
