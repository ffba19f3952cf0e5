import { element } from './element.js';
import type { Gap, RunEvent } from './wire.js';

/** The tape of one reader: a numbered cell for each item that has reached it. */
export interface Tape {
  root: HTMLElement;
  clear(): void;
  /** @param isPale - whether it came too late to count */
  add(event: RunEvent, isPale?: boolean): void;
  /** Leaves a place where items were dropped. */
  skip(gap: Gap): void;
  /** Pales the cells so far: they are in the log, but do not count any more. */
  pale(): void;
}

/** A long run's tape shows its end; the list has the rest. */
const MOST_CELLS = 60;

/**
 * Draws an empty tape. It is the list of events again, as a picture, so a screen reader gets the list alone.
 *
 * @param topics - of the stream; a topic's place among them gives its colour
 */
export function drawTape(topics: readonly string[]): Tape {
  const next = element('li', 'run-next');
  const root = element('ol', 'run-tape');
  root.setAttribute('aria-hidden', 'true');

  function clear(): void {
    root.replaceChildren(next);
    next.textContent = 'next 0';
  }

  function put(cell: HTMLElement, nextOffset: number): void {
    next.before(cell);
    next.textContent = `next ${nextOffset}`;
    if (root.childElementCount > MOST_CELLS) root.firstElementChild?.remove();
    root.scrollLeft = root.scrollWidth;
  }

  clear();
  return {
    root,
    clear,
    add({ offset, topic }, isPale = false) {
      const cell = element('li', 'run-cell', String(offset));
      cell.dataset.colour = String(topics.indexOf(topic) + 1);
      if (isPale) cell.dataset.pale = '';
      put(cell, offset + 1);
    },
    skip({ from, to }) {
      put(element('li', 'run-dropped', `−${to - from}`), to);
    },
    pale() {
      for (const cell of root.querySelectorAll<HTMLElement>('.run-cell')) cell.dataset.pale = '';
    },
  };
}
