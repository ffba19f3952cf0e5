// The rule by which late events of an earlier attempt are left out is the terminal's as well.
import { type Answer, foldAnswer, NO_ANSWER } from '../../llm/answer.js';
import type { AnswerEvent } from '../../llm/events.js';
import { element, scrollAlong, tell } from './element.js';
import type { RunBody } from './lanes.js';
import { drawTape } from './tape.js';
import type { ScenarioInfo } from './wire.js';

/**
 * Draws the answer of a model as it is written. When another attempt begins, the text goes back to its beginning, and
 * the cells of the attempt before turn pale: the log keeps them, the reader does not.
 */
export function drawAnswer({ topics }: ScenarioInfo): RunBody {
  const root = element('div', 'run-lane');
  const tape = drawTape(topics);
  const head = element('p', 'run-model');
  head.setAttribute('role', 'status');
  const text = element('div', 'run-answer');
  text.setAttribute('role', 'region');
  text.setAttribute('aria-label', 'Answer of the model');
  const along = scrollAlong(text);
  root.append(tape.root, head, text);
  let answer = NO_ANSWER;

  function clear(): void {
    answer = NO_ANSWER;
    tape.clear();
    head.textContent = '';
    text.textContent = '';
  }

  return {
    root,
    clear,
    add(_reader, event) {
      const { data } = event;
      if (!isAnswerEvent(data)) return tape.add(event);
      const next = foldAnswer(answer, data);
      if (next.attempt > answer.attempt) tape.pale();
      tape.add(event, data.attempt < next.attempt);
      answer = next;
      tell(head, describeAnswer(answer));
      along(() => {
        text.textContent = answer.text;
      });
    },
    skip: (_reader, gap) => tape.skip(gap),
  };
}

/** Who answers, in which attempt, and what went wrong with it. */
function describeAnswer({ model, scripted, attempt, status, reason }: Answer): string {
  const parts = [];
  if (model) parts.push(scripted ? `${model}: a script answers, not a model` : model);
  if (attempt > 1) parts.push(`attempt ${attempt}`);
  if (status === 'interrupted') parts.push(`${reason} Another attempt follows.`);
  return parts.join(' · ');
}

/** Anybody who may signal the workflow can publish anything; what makes no sense is on the tape only. */
function isAnswerEvent(data: unknown): data is AnswerEvent {
  if (typeof data !== 'object' || data === null) return false;
  if (!('attempt' in data) || typeof data.attempt !== 'number' || !('kind' in data)) return false;
  if (data.kind === 'delta') return 'text' in data && typeof data.text === 'string';
  return ['start', 'retry', 'complete', 'failed'].includes(`${data.kind}`);
}
