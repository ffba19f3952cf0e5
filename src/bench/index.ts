/**
 * What a stream costs, as it was measured: the committed results of `npm run bench`.
 *
 * @module
 */
export { figure } from './figure.js';
export { benchPlot, type PlotName } from './plot.js';
export type { Failed, Figure, Measured } from './results.js';
export { isMeasured } from './results.js';
export type { SideName } from './sides.js';
export { benchTable, describeFigure, type TableOptions } from './table.js';
