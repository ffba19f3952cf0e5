import { element } from '../element.js';

/** What a reader can press, move and choose. */
export interface Controls {
  root: HTMLElement;
  play: HTMLButtonElement;
  back: HTMLButtonElement;
  forward: HTMLButtonElement;
  time: HTMLInputElement;
  speed: HTMLSelectElement;
  /** The time in words; the slider tells it to those who do not see it. */
  clock: HTMLElement;
  /** What happened at that time. It is read out after a step, and not while time runs. */
  said: HTMLElement;
}

const SPEEDS = [
  ['0.25', '¼×'],
  ['1', '1×'],
  ['4', '4×'],
] as const;

/** Makes the controls of one recording. @param end - in milliseconds */
export function drawControls(end: number): Controls {
  const play = button('Play', 'Play');
  const back = button('◀', 'Step back');
  const forward = button('▶', 'Step forward');
  const time = element('input');
  Object.assign(time, { type: 'range', min: '0', max: String(end), step: 'any' });
  time.valueAsNumber = end;
  time.setAttribute('aria-label', 'Time');
  const speed = element('select');
  speed.setAttribute('aria-label', 'Speed');
  for (const [value, label] of SPEEDS) {
    const option = element('option', '', label);
    option.value = value;
    option.defaultSelected = value === '1';
    speed.append(option);
  }
  const clock = element('span', 'recording-clock');
  clock.setAttribute('aria-hidden', 'true');
  const said = element('p', 'recording-said');
  said.setAttribute('aria-live', 'polite');
  const root = element('div', 'recording-buttons');
  root.setAttribute('role', 'group');
  root.setAttribute('aria-label', 'Replay');
  root.append(play, back, forward, speed, time, clock);
  return { root, play, back, forward, time, speed, clock, said };
}

function button(text: string, name: string): HTMLButtonElement {
  const made = element('button', '', text);
  made.type = 'button';
  made.setAttribute('aria-label', name);
  return made;
}
