import type { Cell, Command, ExcerptBlock, Listing, Output, Panel } from '../chapter.js';
import type { Repository } from '../config.js';
import { excerptName } from '../excerpts.js';
import type { Highlight } from './highlight.js';
import { type Html, html } from './html.js';

/** Draws an excerpt, with the place of its source in the margin. @param id - what a link leads to */
export function drawExcerpt(
  block: ExcerptBlock,
  id: string | undefined,
  highlight: Highlight,
  repository: Repository | undefined,
  firstLine: number | undefined,
): Html {
  const { file, region, code } = block;
  const path =
    repository === undefined
      ? html`<code>${file}</code>`
      : html`<a href="${repository.files}/${file}#L${firstLine ?? 1}"><code>${file}</code></a>`;
  const place = region === undefined ? path : html`${path} <span>› ${region}</span>`;
  return html`<figure class="excerpt"${idOf(id)}>
<figcaption>${place}</figcaption>
${drawCode(`Excerpt of ${excerptName(block)}`, highlight('ts', code))}
</figure>
`;
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
