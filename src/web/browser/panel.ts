/** Draws the panels of a page when the book is served live; otherwise their static text stays. */
import { readHealth } from './api.js';
import { mountPanel } from './mount.js';
import { followBook } from './reload.js';
import type { PanelView } from './view.js';
import type { LiveState } from './wire.js';

await bringToLife();

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
