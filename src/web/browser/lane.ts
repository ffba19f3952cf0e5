import { element, scrollAlong } from './element.js';
import { eventText, jumpText } from './event-text.js';
import { drawTape } from './tape.js';
import type { Gap, RunEvent } from './wire.js';

/** One reader's view of a run: a tape, and a line for each event. */
export interface Lane {
  root: HTMLElement;
  clear(): void;
  add(event: RunEvent): void;
  /** Shows that items were dropped before this reader came to them. */
  skip(gap: Gap): void;
}

/**
 * Draws an empty lane.
 *
 * @param topics - of the stream, which give the colours
 * @param name - the reader's, where there are several
 */
export function drawLane(topics: readonly string[], name?: string): Lane {
  const root = element('div', 'run-lane');
  const tape = drawTape(topics);
  const list = element('ol', 'run-events');
  // A list, and no log: who cannot see it would have each of a hundred events read out. The state of the run is.
  list.setAttribute('aria-label', name ? `Events of the ${name} reader` : 'Events of the run');
  const along = scrollAlong(list);
  // As wide as the longest topic, so that the texts stand in one column whatever comes.
  list.style.setProperty('--run-topics', `${Math.max(...topics.map(({ length }) => length))}ch`);
  if (name) root.append(element('p', 'run-reader', `${name} reader`));
  root.append(tape.root, list);

  return {
    root,
    clear() {
      tape.clear();
      list.replaceChildren();
    },
    add(event) {
      tape.add(event);
      along(() => list.append(drawLine(event, topics)));
    },
    skip(gap) {
      tape.skip(gap);
      along(() => list.append(element('li', 'run-jump', jumpText(gap))));
    },
  };
}

function drawLine({ offset, topic, data }: RunEvent, topics: readonly string[]): HTMLElement {
  const line = element('li', 'run-event');
  line.dataset.colour = String(topics.indexOf(topic) + 1);
  // One topic need not be named in every line.
  const name = topics.length > 1 ? [element('span', 'run-topic', topic), ' '] : [];
  line.append(
    element('span', 'run-offset', String(offset)),
    ' ',
    ...name,
    element('span', 'run-text', eventText(data)),
  );
  return line;
}
