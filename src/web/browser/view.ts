import type { Outcome, RunEvent, RunInfo } from './api.js';
import { eventText } from './event-text.js';

/** What a panel shows and lets the reader do. Whatever comes from a stream is put in as text, never as markup. */
export interface PanelView {
  /** The knobs as the reader set them. */
  knobs(): Record<string, string>;
  /** Says what the live book is up to. @param ready - whether runs can be started */
  showBook(text: string, ready: boolean): void;
  /** Empties the panel for a run that has just begun. */
  begin(run: RunInfo): void;
  add(event: RunEvent): void;
  /** Says how the run is doing. */
  showRun(state: 'running' | 'reconnecting' | Outcome['status'], text: string): void;
  /** Back to the beginning, with a sentence that says why. */
  reset(text: string): void;
}

/**
 * Draws a panel in place of its static text.
 *
 * @param section - the panel's element
 * @param choices - the scenario's knobs: the values each may have, the default first
 * @param onRun - called when the reader presses Run
 */
export function drawPanel(
  section: HTMLElement,
  choices: Record<string, string[]>,
  onRun: () => void,
): PanelView {
  const run = element('button', 'run-start', 'Run');
  run.type = 'button';
  run.addEventListener('click', onRun);
  const selects = Object.entries(choices).map(([name, values]) => drawSelect(name, values));
  const book = element('span', 'run-book');
  book.setAttribute('role', 'status');
  const bar = element('div', 'run-bar');
  bar.append(run, ...selects.map(({ label }) => label), book);

  // The tape is the list again as a picture, so a screen reader gets the list alone.
  const next = element('li', 'run-next', 'next 0');
  const tape = element('ol', 'run-tape');
  tape.setAttribute('aria-hidden', 'true');
  const list = element('ol', 'run-events');
  list.setAttribute('role', 'log');
  list.setAttribute('aria-label', 'Events of the run');
  const state = element('p', 'run-state', 'Press Run to start one on your own Temporal server.');
  state.setAttribute('role', 'status');
  const place = element('p', 'run-place');

  let bookReady = false;
  let isRunning = false;
  const refreshButton = () => {
    run.disabled = !bookReady || isRunning;
  };
  const clear = () => {
    tape.replaceChildren(next);
    next.textContent = 'next 0';
    list.replaceChildren();
    place.replaceChildren();
  };

  clear();
  refreshButton();
  section.replaceChildren(bar, tape, list, state, place);
  section.dataset.live = '';

  return {
    knobs: () => Object.fromEntries(selects.map(({ name, select }) => [name, select.value])),

    showBook(text, ready) {
      bookReady = ready;
      book.textContent = text;
      book.dataset.ready = String(ready);
      refreshButton();
    },

    begin(info) {
      clear();
      place.append(...drawPlace(info));
    },

    add(event) {
      next.before(drawCell(event));
      next.textContent = `next ${event.offset + 1}`;
      tape.scrollLeft = tape.scrollWidth;
      list.append(drawLine(event));
    },

    showRun(status, text) {
      isRunning = status === 'running' || status === 'reconnecting';
      state.dataset.status = status;
      state.textContent = text;
      refreshButton();
    },

    reset(text) {
      isRunning = false;
      clear();
      delete state.dataset.status;
      state.textContent = text;
      refreshButton();
    },
  };
}

function drawSelect(name: string, values: string[]) {
  const label = element('label', 'run-knob', name);
  const select = element('select', '');
  select.append(...values.map((value) => new Option(value, value)));
  label.append(select);
  return { name, label, select };
}

function drawCell({ offset, topic }: RunEvent): HTMLElement {
  const cell = element('li', 'run-cell', String(offset));
  cell.dataset.topic = topic;
  return cell;
}

function drawLine({ offset, topic, data }: RunEvent): HTMLElement {
  const line = element('li', 'run-event');
  line.dataset.topic = topic;
  line.append(
    element('span', 'run-offset', String(offset)),
    ' ',
    element('span', 'run-topic', topic),
    ' ',
    element('span', 'run-text', eventText(data)),
  );
  return line;
}

function drawPlace({ workflowId, uiUrl }: RunInfo): Node[] {
  const nodes: Node[] = [document.createTextNode('Workflow '), element('code', '', workflowId)];
  // A link takes its address from the server; only a web page is one.
  if (!uiUrl || !/^https?:/.test(uiUrl)) return nodes;
  const link = element('a', '', 'open in Temporal’s web UI ↗');
  link.href = uiUrl;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  return [...nodes, document.createTextNode(' · '), link];
}

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
