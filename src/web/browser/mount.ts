import { drawAnswer } from './answer.js';
import { act, findRun, killWorker, moveKnobs, startRun } from './api.js';
import { eventText } from './event-text.js';
import { type Following, followRun, type RunListener } from './follow.js';
import { openKeeper } from './keeper.js';
import { drawLanes, type RunBody } from './lanes.js';
import { createMover } from './mover.js';
import { checkTold, cursorsAfter, type Told } from './told.js';
import { drawPanel, type PanelView } from './view.js';
import type { Outcome, RunInfo, ScenarioInfo } from './wire.js';

/** How the events of a scenario are shown, where a lane for each reader is not the way. */
const BODIES: Record<string, (info: ScenarioInfo) => RunBody> = { llm: drawAnswer };

/** What a panel says that gets no connection. */
const HELD_UP =
  'waiting for a connection: a browser allows six to one address, and other tabs of the book have them. Close or hide one.';

/**
 * Puts a panel into its place on a page, and shows the run that the tab has kept or the address asks for.
 *
 * @param section - the place, whose text is replaced
 * @param canKill - whether the page may kill the scenario's worker
 */
export function mountPanel(
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
      askForNone();
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

  /** The run that the address asks for, unless it is of another panel's scenario; then the one that the tab has kept. */
  async function resume(): Promise<void> {
    const kept = keeper.read();
    for (const id of new Set([askedFor(), kept?.id])) {
      const run = id && (await findRun(id).catch(() => undefined));
      if (!run || run.scenario !== scenario) continue;
      show(run, id === kept?.id ? checkTold(kept?.told, run) : []);
      return;
    }
    keeper.drop();
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

  void resume();
  return view;
}

/** The run that the page's address asks for. */
function askedFor(): string | undefined {
  return new URLSearchParams(location.search).get('run') ?? undefined;
}

/** The address asks for an earlier run; a page that is refreshed is to go on with the one that was begun in it. */
function askForNone(): void {
  if (askedFor() !== undefined) history.replaceState(null, '', location.pathname + location.hash);
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
