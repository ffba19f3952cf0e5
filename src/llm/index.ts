export { type Answer, foldAnswer, NO_ANSWER } from './answer.js';
export {
  ANSWER_TOPICS,
  type AnswerEvent,
  type Complete,
  type Delta,
  type Failed,
  type Finish,
  type LlmInput,
  MAX_ATTEMPTS,
  type Retry,
  type Start,
} from './events.js';
export { describeAnswerEvent } from './lines.js';
export { pipePaper } from './paper/pipe.js';
export { printable } from './paper/printable.js';
export { type Paper, render } from './paper/render.js';
export { screenPaper } from './paper/screen.js';
export {
  checkQuestion,
  DEFAULT_MODEL,
  DEFAULT_PROMPT,
  LLM_TASK_QUEUE,
  type LlmOptions,
  MAX_MODEL_LENGTH,
  MAX_PROMPT_LENGTH,
  startLlm,
} from './start.js';
export type { llmWorkflow } from './workflow.js';
