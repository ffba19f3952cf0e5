/**
 * Pictures of this book, as SVG: the offset tape, and lines over time. Pure: data in, text out.
 *
 * @module
 */
export { drawLines, type LinesDrawing, type Series } from './lines.js';
export type { TapeDrawing } from './slots.js';
export { drawTape } from './tape.js';
