import { element, tell } from './element.js';
import { drawKnobs } from './knobs.js';
import type { RunBody } from './lanes.js';
import { drawTools, type ToolActions } from './tools.js';
import type { Knobs, Outcome, RunInfo, ScenarioInfo } from './wire.js';

/** How a run is doing: as it goes on and is read, goes on unread, or has ended. */
export type RunState = 'running' | 'reconnecting' | 'disconnected' | Outcome['status'];

/** What a panel does when its buttons are pressed. */
export interface PanelActions extends ToolActions {
  run(): void;
  /** Knobs were moved while a run goes on. */
  move(moved: Knobs): void;
}

/** What surrounds the events of a run: the button, the knobs, and how the book and the run are doing. */
export interface PanelView {
  /** The knobs as the reader set them. */
  knobs(): Knobs;
  /** Says what the live book is up to. @param ready - whether runs can be started */
  showBook(text: string, ready: boolean): void;
  /** Empties the panel for a run that has just begun. */
  begin(run: RunInfo): void;
  /** Says which knobs are in force, of those that can be moved during a run. */
  showKnobs(values: Knobs): void;
  /** Says how the run is doing. */
  showRun(state: RunState, text: string): void;
  /** Says something beside how the run is doing, which stays as it is. */
  say(text: string): void;
  /** Says which offset each reader wants next. @param resumedAt - where each went on after a refresh, if there was one */
  showCursors(offsets: readonly number[], resumedAt?: readonly number[]): void;
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
  const tools = drawTools(info.actions, actions);
  const knobs = drawKnobs(info.knobs, actions.move);
  const book = element('span', 'run-book');
  book.setAttribute('role', 'status');
  const bar = element('form', 'run-bar');
  bar.append(run, knobs.root, book);
  // A browser that finds a knob beyond its limits says so, and this is not called.
  bar.addEventListener('submit', (event) => {
    event.preventDefault();
    actions.run();
  });
  const force = element('p', 'run-force');
  force.setAttribute('role', 'status');
  const state = element('p', 'run-state', 'Press Run to start one on your own Temporal server.');
  state.setAttribute('role', 'status');
  const place = element('p', 'run-place');

  let bookReady = false;
  let isRunning = false;
  let isAway = false;
  const refreshButtons = () => {
    run.disabled = !bookReady || isRunning;
    knobs.refresh(isRunning);
    tools.refresh({ bookReady, isRunning, isAway });
  };
  const clear = () => {
    body.clear();
    place.replaceChildren();
    force.textContent = '';
    tools.showCursors([]);
  };
  const showKnobs = (values: Knobs) => {
    const inForce = knobs.inForce(values);
    force.textContent = inForce && `in force: ${inForce}`;
  };

  refreshButtons();
  section.replaceChildren(bar, force, body.root, state, tools.root, place);
  section.dataset.live = '';

  return {
    knobs: knobs.values,

    showBook(text, ready) {
      bookReady = ready;
      tell(book, text);
      book.dataset.ready = String(ready);
      refreshButtons();
    },

    begin(info) {
      clear();
      place.append(...drawPlace(info));
      knobs.set(info.knobs);
      showKnobs(info.knobs);
    },

    showKnobs,

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
