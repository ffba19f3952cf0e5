/**
 * What runs the book's scenarios: a Temporal server, workers as child processes, and a client.
 *
 * @module
 */
export type { Exit } from './child.js';
export { asUsage, runCommand } from './command.js';
export { connect } from './connect.js';
export { LabError, type LabErrorType } from './errors.js';
export { type CheckOptions, check, type Exercise, exercise } from './exercise.js';
export { type HistorySummary, summarizeHistory } from './history.js';
export { type Lab, type LabOptions, openLab } from './lab.js';
export type { Progress } from './progress.js';
export { type Recorder, type RecorderOptions, record } from './recorder/recorder.js';
export { recordRun } from './recorder/run.js';
export { openServer, type ServerOptions } from './server/open.js';
export type { TemporalServer } from './server/types.js';
export { type ShownFigure, show } from './show.js';
export { startWorker, type WorkerOptions, type WorkerProcess } from './worker-process.js';
