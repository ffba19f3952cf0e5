import {
  findRun,
  type LiveState,
  type Outcome,
  type RunInfo,
  readHealth,
  startRun,
} from './api.js';
import { eventText } from './event-text.js';
import { followRun } from './follow.js';
import { followBook } from './reload.js';
import { drawPanel, type PanelView } from './view.js';

await bringToLife();

/** Draws the panels when the book is served live; otherwise their static text stays. */
async function bringToLife(): Promise<void> {
  const health = await readHealth();
  if (!health) return;
  const sections = document.querySelectorAll<HTMLElement>('.run-panel');
  if (sections.length > 0) await loadStyles();
  const views: PanelView[] = [];
  for (const section of sections) {
    const scenario = section.dataset.scenario ?? '';
    const choices = health.scenarios[scenario];
    if (choices) views.push(mountPanel(section, scenario, choices));
  }
  const onState = (state: LiveState | undefined) => {
    for (const view of views) view.showBook(...bookLine(state));
  };
  onState(health);
  followBook(health.build, onState);
}

/** The static book has no use for the panel's style sheet, so its pages do not name it. */
function loadStyles(): Promise<unknown> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = new URL('panel.css', import.meta.url).href;
  const settled = new Promise((resolve) => {
    link.addEventListener('load', resolve);
    link.addEventListener('error', resolve);
  });
  document.head.append(link);
  return settled;
}

function mountPanel(
  section: HTMLElement,
  scenario: string,
  choices: Record<string, string[]>,
): PanelView {
  // Kept for the tab, so that a page refreshed in the middle of a run finds it again.
  const memory = `streambook:run:${scenario}`;
  const view = drawPanel(section, choices, () => void press());

  async function press(): Promise<void> {
    view.showRun('running', 'starting…');
    try {
      const run = await startRun(scenario, view.knobs());
      sessionStorage.setItem(memory, run.id);
      show(run);
    } catch (error) {
      view.reset(error instanceof Error ? error.message : String(error));
    }
  }

  async function resume(id: string): Promise<void> {
    const run = await findRun(id).catch(() => undefined);
    if (run) show(run);
    else sessionStorage.removeItem(memory);
  }

  function show(run: RunInfo): void {
    view.begin(run);
    view.showRun('running', 'running');
    followRun(run, {
      onEvent: (event) => view.add(event),
      onEnd: (outcome) => view.showRun(outcome.status, outcomeLine(outcome)),
      onInterrupted: () => view.showRun('reconnecting', 'connection lost, reconnecting…'),
      onConnected: () => view.showRun('running', 'running'),
      // Not forgotten here: a connection also breaks when the page is being refreshed, and that page looks for its run.
      onGone: () => {
        view.reset('The live book was restarted and does not know this run. Start another.');
      },
    });
  }

  const remembered = sessionStorage.getItem(memory);
  if (remembered) void resume(remembered);
  return view;
}

function outcomeLine(outcome: Outcome): string {
  const detail = outcome.status === 'completed' ? eventText(outcome.result) : outcome.message;
  return `${outcome.status} · ${detail}`;
}

/** What the panel says about the live book, and whether a run can be started. */
function bookLine(state: LiveState | undefined): [text: string, ready: boolean] {
  if (!state) return ['the live book has stopped', false];
  if (state.server.state !== 'ready') return [`server ${wording(state.server.state)}`, false];
  if (state.worker.state !== 'ready') return [`worker ${wording(state.worker.state)}`, false];
  if (state.problem) return [`the last build failed: ${state.problem}`, true];
  return ['live', true];
}

function wording(state: LiveState['server']['state']): string {
  return state === 'failed' ? 'failed; the terminal says why' : `${state}…`;
}
