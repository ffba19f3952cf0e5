import { drawAnswer } from './answer.js';
import { act, findRun, killWorker, moveKnobs, readHealth, startRun } from './api.js';
import { eventText } from './event-text.js';
import { type Following, followRun, type RunListener } from './follow.js';
import { openKeeper } from './keeper.js';
import { drawLanes, type RunBody } from './lanes.js';
import { createMover } from './mover.js';
import { followBook } from './reload.js';
import { checkTold, cursorsAfter, type Told } from './told.js';
import { drawPanel, type PanelView } from './view.js';
import type { LiveState, Outcome, RunInfo, ScenarioInfo } from './wire.js';

/** How the events of a scenario are shown, where a lane for each reader is not the way. */
const BODIES: Record<string, (info: ScenarioInfo) => RunBody> = { llm: drawAnswer };

/** What a panel says that gets no connection. */
const HELD_UP =
  'waiting for a connection: a browser allows six to one address, and other tabs of the book have them. Close or hide one.';

await bringToLife();

/** Draws the panels when the book is served live; otherwise their static text stays. */
async function bringToLife(): Promise<void> {
  const health = await readHealth();
  if (!health) return;
  const sections = document.querySelectorAll<HTMLElement>('.run-panel');
  if (sections.length > 0) await loadStyles();
  const panels: Array<{ scenario: string; view: PanelView }> = [];
  for (const section of sections) {
    const scenario = section.dataset.scenario ?? '';
    const info = health.scenarios[scenario];
    if (!info) continue;
    panels.push({ scenario, view: mountPanel(section, scenario, info, health.canKillWorkers) });
  }
  const onState = (state: LiveState | undefined) => {
    for (const { scenario, view } of panels) view.showBook(...bookLine(state, scenario));
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
  info: ScenarioInfo,
  canKill: boolean,
): PanelView {
  // Kept for the tab, so that a page refreshed in the middle of a run goes on where it was.
  const keeper = openKeeper(`streambook:run:${scenario}`);
  const body = (BODIES[scenario] ?? drawLanes)(info);
  const view = drawPanel(section, info, body, {
    run: () => void press(),
    move: (moved) => mover.move(moved),
    turnConnection,
    act: (action, text) => void actOn(action, text),
    ...(canKill && { kill: () => void kill() }),
  });
  const mover = createMover(async (moved) => {
    const run = shown;
    if (run === undefined) return;
    try {
      const knobs = await moveKnobs(run.id, moved);
      if (shown === run) view.showKnobs(knobs);
    } catch (error) {
      if (shown === run) view.say(reasonOf(error));
    }
  });
  let following: Following | undefined;
  let shown: RunInfo | undefined;
  let isAway = false;

  async function press(): Promise<void> {
    view.showRun('running', 'starting…');
    try {
      const run = await startRun(scenario, view.knobs());
      show(run);
    } catch (error) {
      view.reset(reasonOf(error));
    }
  }

  /** What the page shows of it comes from the live book, which sees the worker go and another one come. */
  async function kill(): Promise<void> {
    try {
      const pid = await killWorker(scenario);
      view.showBook(`worker killed (process ${pid})`, false);
    } catch (error) {
      view.showBook(reasonOf(error), true);
    }
  }

  async function actOn(action: string, text: string): Promise<void> {
    if (shown === undefined) return;
    const run = shown;
    await act(run.id, action, text).catch((error) => {
      // The run may have ended meanwhile, or been left: a refusal says nothing of that.
      if (shown === run) view.say(reasonOf(error));
    });
  }

  function turnConnection(): void {
    isAway = !isAway;
    if (!isAway) {
      following?.reconnect();
      return;
    }
    following?.disconnect();
    const offsets = following?.cursors().join(' and ');
    view.showRun(
      'disconnected',
      `disconnected; the workflow goes on. Next here: offset ${offsets}`,
    );
  }

  async function resume(id: string, kept?: unknown): Promise<void> {
    const run = await findRun(id).catch(() => undefined);
    // A page may have panels of several scenarios, and its address one run.
    if (run?.scenario === scenario) show(run, checkTold(kept, run));
    else keeper.drop();
  }

  function draw([reader, reading]: Told): void {
    if ('to' in reading) body.skip(reader, reading);
    else body.add(reader, reading);
  }

  /** @param told - what an earlier page has drawn of it, which is not asked for again */
  function show(run: RunInfo, told: readonly Told[] = []): void {
    mover.drop();
    view.begin(run);
    view.showRun('running', 'running');
    isAway = false;
    shown = run;
    for (const one of told) draw(one);
    keeper.begin(run.id, told);
    const from = cursorsAfter(told);
    const resumedAt = run.readers.map((reader) => from.get(reader) ?? 0);
    const showCursors = () =>
      view.showCursors(following?.cursors() ?? [], told.length > 0 ? resumedAt : []);
    const take = (one: Told) => {
      // What had come already when another run was begun.
      if (shown !== run) return;
      draw(one);
      keeper.add(one);
      showCursors();
    };
    const listener: RunListener = {
      onEvent: (reader, event) => take([reader, event]),
      onGap: (reader, gap) => take([reader, gap]),
      onReaderEnd: (reader, waiting) => view.showRun('running', stillReading(reader, waiting)),
      onEnd: (outcome) => view.showRun(outcome.status, outcomeLine(outcome)),
      onInterrupted: () => view.showRun('reconnecting', 'connection lost, reconnecting…'),
      onConnected: () => view.showRun('running', 'running'),
      onHeldUp: () => view.showRun('reconnecting', HELD_UP),
      onHidden() {
        const offsets = following?.cursors().join(' and ');
        view.showRun('reconnecting', `not read while out of sight. Next here: offset ${offsets}`);
      },
      // Not forgotten here: a connection also breaks when the page is being refreshed, and that page looks for its run.
      onGone: () => {
        view.reset('The live book was restarted and does not know this run. Start another.');
      },
    };
    following?.disconnect();
    following = followRun(run, listener, from);
    if (told.length > 0) showCursors();
  }

  const asked = new URLSearchParams(location.search).get('run');
  const kept = keeper.read();
  if (kept) void resume(kept.id, kept.told);
  else if (asked) void resume(asked);
  return view;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The workflow is done when one reader is; a slow one may need a while longer. */
function stillReading(done: string, waiting: string[]): string {
  return `the ${done} reader has read everything; still reading: ${waiting.join(', ')}`;
}

function outcomeLine(outcome: Outcome): string {
  const detail = outcome.status === 'completed' ? eventText(outcome.result) : outcome.message;
  return `${outcome.status} · ${detail}`;
}

/** What a panel says about the live book, and whether a run can be started. */
function bookLine(state: LiveState | undefined, scenario: string): [text: string, ready: boolean] {
  if (!state) return ['the live book has stopped', false];
  if (state.server.state !== 'ready') return [`server ${wording(state.server.state)}`, false];
  const worker = state.workers[scenario] ?? 'starting';
  if (worker !== 'ready') return [`worker ${wording(worker)}`, false];
  if (state.problem) return [`a mistake in the book: ${state.problem}`, true];
  return ['live', true];
}

function wording(state: LiveState['server']['state']): string {
  if (state === 'failed') return 'failed; the terminal says why';
  return state === 'silent' ? 'does not answer…' : `${state}…`;
}
