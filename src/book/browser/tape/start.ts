import { loadData } from '../data.js';
import { type Controls, drawControls } from './controls.js';
import { type Replay, startReplay } from './replay.js';

/** Gives every recorded run of the page its controls. Its data are loaded when a reader uses them. */
export function startRecordings(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('figure[data-recording]')) {
    const place = figure.querySelector('.recording-controls');
    const tape = figure.querySelector<HTMLElement>('.recording-tape');
    if (place === null || tape === null) continue;
    const controls = drawControls(Number(figure.dataset.end));
    place.append(controls.root, controls.said);
    listen(controls, () => open(figure, tape, controls));
  }
}

function listen(controls: Controls, open: () => Promise<Replay>): void {
  let opened: Promise<Replay> | undefined;
  const use = (action: (replay: Replay) => void): void => {
    opened ??= open();
    opened.then(action, () => {
      opened = undefined;
      controls.said.textContent = 'The recording cannot be loaded.';
    });
  };
  const { play, back, forward, time, speed } = controls;
  play.addEventListener('click', () => use((replay) => replay.turn()));
  back.addEventListener('click', () => use((replay) => replay.step(-1)));
  forward.addEventListener('click', () => use((replay) => replay.step(1)));
  time.addEventListener('input', () => {
    const at = time.valueAsNumber;
    use((replay) => replay.goTo(at));
  });
  // Arrows in the slider go from one moment to the next; the browser's own steps mean nothing here.
  time.addEventListener('keydown', (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    use((replay) => replay.step(by === 1 ? 1 : -1));
  });
  speed.addEventListener('change', () => {
    const value = Number(speed.value);
    use((replay) => replay.setSpeed(value));
  });
}

async function open(figure: HTMLElement, tape: HTMLElement, controls: Controls): Promise<Replay> {
  const { recording: name = '' } = figure.dataset;
  await loadData(`recording-${name}.js`);
  const recording = globalThis.bookRecordings?.[name];
  if (recording === undefined) throw new Error(`assets/recording-${name}.js holds another one`);
  figure.dataset.live = '';
  return startReplay(recording, tape, controls);
}
