import { momentsInWords, seconds } from '../../../draw/happened.js';
import type { Recording } from '../../../draw/recording.js';
import { momentsOf, stateAt } from '../../../draw/replay.js';
import { stateDrawer } from '../../../draw/replay-tape.js';
import type { Controls } from './controls.js';
import { momentAfter, momentBefore } from './moments.js';
import { createPlayer } from './player.js';

/** What a reader can do with a recording. */
export interface Replay {
  turn(): void;
  step(by: 1 | -1): void;
  goTo(at: number): void;
  setSpeed(speed: number): void;
}

const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * Brings a recording to life: the tape is drawn as it was at the player's time, beside the last state,
 * which stays for print.
 *
 * @param tape - where the drawings are
 */
export function startReplay(recording: Recording, tape: HTMLElement, controls: Controls): Replay {
  const { play, time, clock, said } = controls;
  const moments = momentsOf(recording);
  const words = momentsInWords(recording);
  const end = seconds(moments.at(-1) ?? 0);
  const draw = stateDrawer(recording);
  let shown: SVGElement | undefined;
  let shownMoment: number | undefined;

  const show = (): void => {
    const { at, isPlaying } = player;
    const label = isPlaying ? 'Pause' : 'Play';
    play.textContent = label;
    play.setAttribute('aria-label', label);
    time.valueAsNumber = at;
    time.setAttribute('aria-valuetext', `${seconds(at)} of ${end}`);
    clock.textContent = `${seconds(at)} / ${end}`;
    const moment = words.findLast((candidate) => candidate.at <= at);
    if (shown !== undefined && moment?.at === shownMoment) return;
    shownMoment = moment?.at;
    said.setAttribute('aria-live', isPlaying ? 'off' : 'polite');
    said.textContent = moment === undefined ? 'Nothing has happened yet.' : sentence(moment.words);
    const drawn = parsed(draw(stateAt(recording, at)));
    if (shown === undefined) tape.append(drawn);
    else shown.replaceWith(drawn);
    shown = drawn;
  };
  const player = createPlayer({ moments, isStill: () => STILL.matches, onChange: show });

  return {
    turn: () => (player.isPlaying ? player.pause() : player.play()),
    step: (by) => player.goTo((by === 1 ? momentAfter : momentBefore)(moments, player.at)),
    goTo: player.goTo,
    setSpeed(speed) {
      player.speed = speed;
    },
  };
}

/** `ada arrives; ada leaves` as a sentence. */
function sentence(words: readonly string[]): string {
  const text = words.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** As a document of its own, so that nothing in it can be markup of the page. */
function parsed(svg: string): SVGElement {
  const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const drawn = document.importNode(documentElement, true) as unknown as SVGElement;
  drawn.classList.add('live');
  return drawn;
}
