export {
  ACK_SIGNAL,
  type Ending,
  FATE_SIGNAL,
  type Fate,
  NEWS,
  type Notice,
  SHIP_SIGNAL,
  type ShipmentInput,
  type Shipped,
} from './events.js';
export { FATES, type Told, tellFate } from './fates.js';
export { completionOf, untilPollWaits } from './history.js';
export { fatesTable, TRIALS_HEAD, trialsLine } from './lines.js';
export { RANGES, type Range, shipmentInput } from './options.js';
export { type Notices, readNotices } from './read.js';
export { resetTo } from './reset.js';
export { ENDINGS_TASK_QUEUE, type Side, startParcel, startShipment } from './start.js';
export {
  acknowledge,
  type Outcome,
  type ReaderState,
  STATES,
  type Trial,
  tryEnding,
} from './trial.js';
export type { officialShipment, parcel, shipment } from './workflow.js';
