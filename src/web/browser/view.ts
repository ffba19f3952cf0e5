import { element, tell } from './element.js';
import type { RunBody } from './lanes.js';
import { drawTools, type ToolActions } from './tools.js';
import type { Knob, Outcome, RunInfo, ScenarioInfo } from './wire.js';

/** How a run is doing: as it goes on and is read, goes on unread, or has ended. */
export type RunState = 'running' | 'reconnecting' | 'disconnected' | Outcome['status'];

/** What a panel does when its buttons are pressed. */
export interface PanelActions extends ToolActions {
  run(): void;
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
  /** Says something beside how the run is doing, which stays as it is. */
  say(text: string): void;
  /** Says which offset each reader wants next. */
  showCursors(offsets: readonly number[]): void;
  /** Back to the beginning, with a sentence that says why. */
  reset(text: string): void;
}

/**
 * Draws a panel in place of its static text.
 *
 * @param section - the panel's element
 * @param info - the scenario
 * @param body - shows the events
 * @param actions - called when the reader presses their buttons
 */
export function drawPanel(
  section: HTMLElement,
  info: ScenarioInfo,
  body: RunBody,
  actions: PanelActions,
): PanelView {
  const run = element('button', 'run-start', 'Run');
  run.type = 'button';
  run.addEventListener('click', actions.run);
  const tools = drawTools(info.actions, actions);
  const selects = Object.entries(info.knobs).map(([name, knob]) => drawSelect(name, knob));
  const book = element('span', 'run-book');
  book.setAttribute('role', 'status');
  const bar = element('div', 'run-bar');
  bar.append(run, drawKnobs(selects), book);
  const state = element('p', 'run-state', 'Press Run to start one on your own Temporal server.');
  state.setAttribute('role', 'status');
  const place = element('p', 'run-place');

  let bookReady = false;
  let isRunning = false;
  let isAway = false;
  const refreshButtons = () => {
    run.disabled = !bookReady || isRunning;
    tools.refresh({ bookReady, isRunning, isAway });
  };
  const clear = () => {
    body.clear();
    place.replaceChildren();
    tools.showCursors([]);
  };

  refreshButtons();
  section.replaceChildren(bar, body.root, state, tools.root, place);
  section.dataset.live = '';

  return {
    knobs: () => Object.fromEntries(selects.map(({ name, select }) => [name, select.value])),

    showBook(text, ready) {
      bookReady = ready;
      tell(book, text);
      book.dataset.ready = String(ready);
      refreshButtons();
    },

    begin(info) {
      clear();
      place.append(...drawPlace(info));
    },

    showRun(status, text) {
      isRunning = ['running', 'reconnecting', 'disconnected'].includes(status);
      isAway = status === 'disconnected';
      state.dataset.status = status;
      tell(state, text);
      refreshButtons();
    },

    say(text) {
      state.textContent = text;
    },

    showCursors: tools.showCursors,

    reset(text) {
      isRunning = false;
      isAway = false;
      clear();
      delete state.dataset.status;
      tell(state, text);
      refreshButtons();
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

function drawPlace({ id, workflowId, uiUrl }: RunInfo): Node[] {
  const same = element('a', '', 'this run in another tab');
  same.href = `?run=${encodeURIComponent(id)}`;
  same.target = '_blank';
  same.rel = 'noopener';
  const nodes = ['Workflow ', element('code', '', workflowId), ' · ', same].map(asNode);
  // A link takes its address from the server; only a web page is one.
  if (!uiUrl || !/^https?:/.test(uiUrl)) return nodes;
  const link = element('a', '', 'open in Temporal’s web UI ↗');
  link.href = uiUrl;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  return [...nodes, asNode(' · '), link];
}

function asNode(part: string | Node): Node {
  return typeof part === 'string' ? document.createTextNode(part) : part;
}
