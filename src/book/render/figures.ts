import type {
  Cell,
  Chapter,
  Command,
  ExcerptBlock,
  Fold,
  Listing,
  Output,
  Panel,
} from '../chapter/chapter.js';
import { quizOf } from '../chapter/quizzes.js';
import type { Repository } from '../config.js';
import { excerptName } from '../source/excerpts.js';
import type { Origin } from '../source/origin.js';
import { filePageName } from './file-pages.js';
import type { Highlight } from './highlight.js';
import { type Html, html } from './html.js';
import { pageName } from './layout.js';

/** What the margin says of an excerpt. */
export interface ExcerptNotes {
  /** What a link to the excerpt leads to. */
  id: string;
  origin: Origin;
  /** The chapter that shows it. */
  chapter: Chapter;
  repository: Repository | undefined;
}

/** Draws an excerpt, with the place of its source in the margin, and what it changes. */
export function drawExcerpt(block: ExcerptBlock, notes: ExcerptNotes, highlight: Highlight): Html {
  const { file, code } = block;
  const { id, origin, repository } = notes;
  const { from, to, within } = origin;
  const place = html`<a href="${filePageName(file)}#L${from}"><code>${file}</code></a> <span>${within === undefined ? '' : `in ${within}, `}${from === to ? 'line' : 'lines'} ${from === to ? from : `${from}–${to}`}</span>`;
  const there =
    repository === undefined
      ? undefined
      : html` <a class="repository" href="${repository.files}/${file}#L${from}">repository</a>`;
  return html`<figure class="excerpt" id="${id}">
<figcaption>${place}${there}${drawChange(notes)}</figcaption>
${drawCode(`Excerpt of ${excerptName(block)}`, highlight('ts', code))}
</figure>
`;
}

/** In words, since a colour alone tells not everybody. */
function drawChange({ origin, chapter }: ExcerptNotes): Html {
  const { change, added, standsIn } = origin;
  const count = `${added.size} ${added.size === 1 ? 'line' : 'lines'}`;
  const words = {
    'new-file': 'new file',
    added: `+${count}`,
    'in-use': 'in use already',
  }[change];
  const said = html` <span class="change ${change}">${words}</span>`;
  if (standsIn === undefined) return said;
  const page = standsIn.chapter === chapter ? '' : pageName(standsIn.chapter.slug);
  const where = standsIn.chapter === chapter ? 'above' : `in chapter ${standsIn.chapter.number}`;
  return html`${said} <a class="stands-in" href="${page}#${standsIn.blockId}">into the listing ${where}</a>`;
}

/** Draws a cell or a command. Its output, if it has one, follows as a figure of its own. */
export function drawRunnable(
  block: Cell | Command,
  id: string | undefined,
  highlight: Highlight,
): Html {
  if (block.kind === 'command') {
    return html`<figure class="command"${idOf(id)}>
${drawCode('Command', highlight('sh', block.code))}
</figure>
`;
  }
  const { part, id: exercise } = block.exercise ?? {};
  const code = drawCode('Cell', highlight('ts', block.code));
  if (part === 'check') {
    return html`<details class="check">
<summary>The check of ${exercise}</summary>
<figure class="cell"${idOf(id)}>
${code}
</figure>
</details>
`;
  }
  return html`<figure class="cell"${idOf(id)}>
${caption(block)}${code}
</figure>
`;
}

function idOf(id: string | undefined): Html | undefined {
  return id === undefined ? undefined : html` id="${id}"`;
}

function caption({ throws, exercise }: Cell): Html | undefined {
  if (exercise?.part === 'exercise') {
    return html`<figcaption class="exercise">exercise ${exercise.id}</figcaption>\n`;
  }
  if (throws === undefined) return undefined;
  return html`<figcaption class="throws">throws <code>${throws}</code></figcaption>\n`;
}

/** Draws what the block above printed. @param note - words for the margin, once a page */
export function drawOutput({ pattern }: Output, note: string | undefined): Html {
  const caption = note === undefined ? undefined : html`<figcaption>${note}</figcaption>\n`;
  return html`<figure class="output">
${caption}<pre tabindex="0" role="region" aria-label="Output"><samp>${pattern}</samp></pre>
</figure>
`;
}

/** Draws a listing that is only read. */
export function drawListing(
  { language, code }: Pick<Listing, 'language' | 'code'>,
  highlight: Highlight,
): Html {
  return html`<figure class="listing">
${drawCode('Listing', highlight(language, code))}
</figure>
`;
}

/** The beginning of a `<details>` that answers a quiz, which tells the page's script what is right. */
export function drawFold(block: Fold, chapter: Chapter): Html | undefined {
  const quiz = quizOf(block, chapter.blocks);
  if (quiz === undefined) return undefined;
  return html`<details class="quiz" data-answer="${quiz.answer}">\n<summary>${block.summary}</summary>\n`;
}

/** The place of a live Run panel; the script that brings it to life replaces the line in it. */
export function drawPanel({ scenario }: Panel): Html {
  return html`<section class="run-panel" data-scenario="${scenario}" aria-label="Run ${scenario}">
<p>Run it live: <code>npm start</code></p>
</section>
`;
}

/** A block that scrolls sideways takes the focus, so that the arrow keys can scroll it. */
function drawCode(label: string, code: Html): Html {
  return html`<pre tabindex="0" role="region" aria-label="${label}"><code>${code}</code></pre>`;
}
