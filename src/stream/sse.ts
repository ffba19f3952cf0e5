// #region since-9
/** From a stream to a browser: the server's side, for any server that answers with a web-standard `Response`. */
export {
  checkTopics,
  encodeComment,
  encodeEvent,
  encodeReading,
  type ServerSentEvent,
  type StreamReading,
  toBytes,
  toEvent,
} from './sse/encode.js';
export { type EventSink, type EventStreamOptions, eventStream } from './sse/event-stream.js';
export { readings, type Subscribable } from './sse/readings.js';
export { resumeOffset } from './sse/resume.js';
export { type ServeOptions, serveStream } from './sse/serve.js';
// #endregion since-9
