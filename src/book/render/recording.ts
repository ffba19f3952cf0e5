import { momentsInWords, seconds } from '../../draw/happened.js';
import type { Recording } from '../../draw/recording.js';
import { endOf, finalState } from '../../draw/replay.js';
import { stateDrawer } from '../../draw/replay-tape.js';
import { drawSequence } from '../../draw/sequence.js';
import type { RecordingBlock } from '../chapter/chapter.js';
import { drawDay } from './day.js';
import { type Html, html, raw } from './html.js';

/** Draws a recorded run, in the form in which the chapter wants it. */
export function drawRecording({ name, form }: RecordingBlock, recording: Recording): Html {
  return form === 'tape' ? drawReplay(name, recording) : drawWhoToldWhom(name, recording);
}

function drawWhoToldWhom(name: string, recording: Recording): Html {
  return html`<figure class="sequence" id="sequence-${name}">
<div class="recording-tape" tabindex="0" role="region" aria-label="Sequence: ${recording.title}">
${raw(drawSequence(recording))}</div>
<figcaption>Who told whom. ${caption(recording)}</figcaption>
</figure>
`;
}

/**
 * Draws a recorded run as it was in the end, so that it is right on paper and without a script; the
 * page's script replays it in the place that is kept free.
 */
function drawReplay(name: string, recording: Recording): Html {
  const { title } = recording;
  return html`<figure class="recording" id="recording-${name}" data-recording="${name}" data-end="${endOf(recording)}">
<div class="recording-tape" tabindex="0" role="region" aria-label="Tape: ${title}">
${raw(stateDrawer(recording)(finalState(recording)))}</div>
<div class="recording-controls"></div>
<figcaption>${caption(recording)}</figcaption>
${inWords(recording)}</figure>
`;
}

function caption(recording: Recording): Html {
  const { title, day, on } = recording;
  return html`${title}: ${seconds(endOf(recording))}, recorded on ${drawDay(day)} with ${on}.`;
}

function inWords(recording: Recording): Html {
  const moments = momentsInWords(recording).map(
    ({ at, words }) => html`<li><span>${seconds(at)}</span> ${words.join('; ')}</li>\n`,
  );
  return html`<details>
<summary>What happened, in words</summary>
<ol>
${moments}</ol>
</details>
`;
}
