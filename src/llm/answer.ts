/** What a reader knows of an answer, from the events alone. Pure: the terminal, the page and the tests share it. */
import type { AnswerEvent, Finish } from './events.js';

// #region answer
/** An answer as far as it has been heard. */
export interface Answer {
  /** The latest attempt heard of; 0 before the first. */
  attempt: number;
  /** What this attempt has said so far. */
  text: string;
  status: 'waiting' | 'writing' | 'interrupted' | 'complete' | 'failed';
  model?: string;
  scripted?: boolean;
  /** Why the model stopped, once it has. */
  finish?: Finish;
  /** What went wrong, while the status is `interrupted` or `failed`. */
  reason?: string;
}

/** Before anything was heard. */
export const NO_ANSWER: Answer = { attempt: 0, text: '', status: 'waiting' };
// #endregion answer

// #region fold
/**
 * The answer after one more event. The first event of a later attempt starts the answer again; an
 * event of an earlier one is the late word of an attempt that was given up, and changes nothing.
 */
export function foldAnswer(answer: Answer, event: AnswerEvent): Answer {
  if (event.attempt < answer.attempt) return answer;
  const current = event.attempt > answer.attempt ? startAgain(answer, event.attempt) : answer;
  switch (event.kind) {
    case 'start':
      return { ...current, model: event.model, scripted: event.scripted };
    case 'retry':
      return current;
    case 'delta':
      return { ...current, text: current.text + event.text, status: 'writing' };
    case 'complete':
      return { ...current, status: 'complete', finish: event.finish };
    case 'failed': {
      const { reason, again } = event;
      return { ...current, status: again ? 'interrupted' : 'failed', reason };
    }
  }
}

function startAgain({ model, scripted }: Answer, attempt: number): Answer {
  const known = {
    ...(model !== undefined && { model }),
    ...(scripted !== undefined && { scripted }),
  };
  return { ...NO_ANSWER, ...known, attempt };
}
// #endregion fold
