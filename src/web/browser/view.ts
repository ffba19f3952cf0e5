import { element } from './element.js';
import type { RunBody } from './lanes.js';
import type { Knob, Outcome, RunInfo } from './wire.js';

/** How a run is doing: as it goes on and is read, goes on unread, or has ended. */
export type RunState = 'running' | 'reconnecting' | 'disconnected' | Outcome['status'];

/** What a panel does when its buttons are pressed. */
export interface PanelActions {
  run(): void;
  /** Leaves the run, or comes back to it. */
  turnConnection(): void;
  /** Ends the worker as a crash would; none where a page may not. */
  kill?: () => void;
}

/** What surrounds the events of a run: the button, the knobs, and how the book and the run are doing. */
export interface PanelView {
  /** The knobs as the reader set them. */
  knobs(): Record<string, string>;
  /** Says what the live book is up to. @param ready - whether runs can be started */
  showBook(text: string, ready: boolean): void;
  /** Empties the panel for a run that has just begun. */
  begin(run: RunInfo): void;
  /** Says how the run is doing. */
  showRun(state: RunState, text: string): void;
  /** Says which offset each reader wants next. */
  showCursors(offsets: readonly number[]): void;
  /** Back to the beginning, with a sentence that says why. */
  reset(text: string): void;
}

/**
 * Draws a panel in place of its static text.
 *
 * @param section - the panel's element
 * @param choices - the scenario's knobs
 * @param body - shows the events
 * @param actions - called when the reader presses their buttons
 */
export function drawPanel(
  section: HTMLElement,
  choices: Record<string, Knob>,
  body: RunBody,
  actions: PanelActions,
): PanelView {
  const run = drawButton('run-start', 'Run', actions.run);
  const connection = drawButton('run-action', 'Disconnect', actions.turnConnection);
  const kill = actions.kill && drawButton('run-action', 'Kill the worker', actions.kill);
  const cursors = element('span', 'run-cursors');
  const tools = element('div', 'run-actions');
  tools.append(connection, ...(kill ? [kill] : []), cursors);
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
    connection.disabled = !isRunning;
    if (kill) kill.disabled = !bookReady;
  };
  const clear = () => {
    body.clear();
    place.replaceChildren();
    cursors.textContent = '';
  };

  refreshButton();
  section.replaceChildren(bar, body.root, state, tools, place);
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
      isRunning = ['running', 'reconnecting', 'disconnected'].includes(status);
      connection.textContent = status === 'disconnected' ? 'Reconnect' : 'Disconnect';
      state.dataset.status = status;
      state.textContent = text;
      refreshButton();
    },

    showCursors(offsets) {
      const isOne = offsets.length === 1;
      cursors.textContent = `${isOne ? 'cursor' : 'cursors'}: ${offsets.join(', ')}`;
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

function drawButton(className: string, text: string, onPress: () => void): HTMLButtonElement {
  const button = element('button', className, text);
  button.type = 'button';
  button.addEventListener('click', onPress);
  return button;
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
