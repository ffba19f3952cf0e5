import type { WorkflowStreamItem } from 'streambook/client';
import type { AnswerEvent } from './events.js';
import { printable } from './paper/printable.js';

/** One line: offset, attempt, and what was told. */
export function describeAnswerEvent({ data, offset }: WorkflowStreamItem<AnswerEvent>): string {
  const place = `${String(offset).padStart(3)}  attempt ${data.attempt}`;
  return `${place}  ${data.kind.padEnd(8)}  ${printable(detailsOf(data))}`.trimEnd();
}

function detailsOf(event: AnswerEvent): string {
  switch (event.kind) {
    case 'start':
      return event.model;
    case 'retry':
      return '';
    case 'delta':
      return JSON.stringify(event.text);
    case 'complete':
      return event.finish;
    case 'failed':
      return event.reason;
  }
}
