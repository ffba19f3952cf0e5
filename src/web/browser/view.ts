import { element } from './element.js';
import type { RunBody } from './lanes.js';
import type { Knob, Outcome, RunInfo } from './wire.js';

/** What surrounds the events of a run: the button, the knobs, and how the book and the run are doing. */
export interface PanelView {
  /** The knobs as the reader set them. */
  knobs(): Record<string, string>;
  /** Says what the live book is up to. @param ready - whether runs can be started */
  showBook(text: string, ready: boolean): void;
  /** Empties the panel for a run that has just begun. */
  begin(run: RunInfo): void;
  /** Says how the run is doing. */
  showRun(state: 'running' | 'reconnecting' | Outcome['status'], text: string): void;
  /** Back to the beginning, with a sentence that says why. */
  reset(text: string): void;
}

/**
 * Draws a panel in place of its static text.
 *
 * @param section - the panel's element
 * @param choices - the scenario's knobs
 * @param body - shows the events
 * @param onRun - called when the reader presses Run
 */
export function drawPanel(
  section: HTMLElement,
  choices: Record<string, Knob>,
  body: RunBody,
  onRun: () => void,
): PanelView {
  const run = element('button', 'run-start', 'Run');
  run.type = 'button';
  run.addEventListener('click', onRun);
  const selects = Object.entries(choices).map(([name, knob]) => drawSelect(name, knob));
  const book = element('span', 'run-book');
  book.setAttribute('role', 'status');
  const bar = element('div', 'run-bar');
  bar.append(run, drawKnobs(selects), book);
  const state = element('p', 'run-state', 'Press Run to start one on your own Temporal server.');
  state.setAttribute('role', 'status');
  const place = element('p', 'run-place');

  let bookReady = false;
  let isRunning = false;
  const refreshButton = () => {
    run.disabled = !bookReady || isRunning;
  };
  const clear = () => {
    body.clear();
    place.replaceChildren();
  };

  refreshButton();
  section.replaceChildren(bar, body.root, state, place);
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

/** One knob stands beside the button; several have a row of their own, on a phone more than one. */
function drawKnobs(selects: ReadonlyArray<{ label: HTMLElement }>): HTMLElement {
  const knobs = element('div', selects.length > 1 ? 'run-knobs run-row' : 'run-knobs');
  knobs.append(...selects.map(({ label }) => label));
  return knobs;
}

function drawSelect(name: string, { label: caption, values }: Knob) {
  const label = element('label', 'run-knob', caption);
  const select = element('select', '');
  select.append(...values.map((value) => new Option(value, value)));
  label.append(select);
  return { name, label, select };
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
