/**
 * Pictures of this book, as SVG: the offset tape, and lines over time. Pure: data in, text out.
 *
 * @module
 */
export { drawLines, type LinesDrawing, type Series } from './lines.js';
export { inPage } from './page.js';
export {
  type Happening,
  type Message,
  type RecordedEvent,
  type Recording,
  recordingOf,
  recordingText,
  type Span,
} from './recording.js';
export { finalState, momentsOf, stateAt, type TapeState } from './replay.js';
export { type DrawState, stateDrawer } from './replay-tape.js';
export { drawSequence } from './sequence.js';
export type { TapeDrawing } from './slots.js';
export { drawTape } from './tape.js';
