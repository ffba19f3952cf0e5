import type { Book } from '../book.js';
import type { Chapter } from '../chapter/chapter.js';
import { type ExplainedFile, explainedFiles } from '../source/explained.js';
import type { Highlight } from './highlight.js';
import { type Html, html } from './html.js';
import { layout, pageName, SOURCES_PAGE } from './layout.js';

/** Name of the page that shows a whole file. */
export function filePageName(file: string): string {
  return `file-${file.replace(/^src\//, '').replace(/[^A-Za-z0-9]+/g, '-')}.html`;
}

/** A page for each file that chapters show, and one that lists them, by their names. */
export function filePages(
  book: Book,
  highlight: Highlight,
  scripts: readonly string[],
): Map<string, string> {
  const files = explainedFiles(book);
  if (files.length === 0) return new Map();
  const pages = files.map((file): [string, string] => [
    filePageName(file.file),
    filePage(book, file, highlight, scripts),
  ]);
  return new Map([...pages, [SOURCES_PAGE, sourcesPage(book, files, scripts)]]);
}

function filePage(
  book: Book,
  { file, lines }: ExplainedFile,
  highlight: Highlight,
  scripts: readonly string[],
): string {
  const lineMarks = lines.map(
    ({ shownBy }, index) =>
      [index, { id: `L${index + 1}`, classes: shownBy === undefined ? '' : 'shown' }] as const,
  );
  const code = lines.map(({ text }) => text).join('\n');
  const coloured = highlight('ts', code, { spans: [], lines: new Map(lineMarks) });
  const main = html`<header class="opener">
<p class="eyebrow"><a href="${SOURCES_PAGE}">Sources</a></p>
<h1 class="file">${file}</h1>
<p class="lede">${lede(lines)}</p>
</header>
<figure class="whole">
<nav class="shown-by" aria-label="Chapters that explain these lines">${placesOf(lines)}</nav>
<pre tabindex="0" role="region" aria-label="${file}" class="numbered"><code>${coloured}</code></pre>
</figure>
`;
  return layout(book, {
    title: `${file} · ${book.config.title}`,
    description: `The whole of ${file}, and the chapters that explain it.`,
    main,
    scripts,
  });
}

function lede(lines: ExplainedFile['lines']): string {
  const shown = lines.filter(({ shownBy }) => shownBy !== undefined).length;
  return `The whole file, as it is at the end of the book. Of its ${lines.length} lines, the book shows ${shown}; the others are imports, markers, and what the text leaves to the file.`;
}

/** Stretches of lines, each with the chapter that shows it. */
function placesOf(lines: ExplainedFile['lines']): Html[] {
  return lines.flatMap(({ shownBy }, index) => {
    if (shownBy === undefined || lines[index - 1]?.shownBy?.blockId === shownBy.blockId) return [];
    const length = lines
      .slice(index)
      .findIndex((line) => line.shownBy?.blockId !== shownBy.blockId);
    const last = length === -1 ? lines.length : index + length;
    const { chapter, blockId } = shownBy;
    return [
      html`<a href="${pageName(chapter.slug)}#${blockId}"><span>${index + 1}–${last}</span> ${chapter.number} ${chapter.title}</a>\n`,
    ];
  });
}

function sourcesPage(
  book: Book,
  files: readonly ExplainedFile[],
  scripts: readonly string[],
): string {
  const main = html`<header class="opener">
<p class="eyebrow">Index</p>
<h1>Sources</h1>
<p class="lede">Every file that the book shows, and which chapter explains which lines of it.</p>
</header>
<div class="table" tabindex="0" role="region" aria-label="Sources"><table>
<thead><tr><th>file</th><th class="align-right">lines</th><th class="align-right">shown</th><th>explained in</th></tr></thead>
<tbody>
${files.map(row)}</tbody>
</table></div>
`;
  const description = 'Every file that the book shows, and where.';
  return layout(book, { title: `Sources · ${book.config.title}`, description, main, scripts });
}

function row({ file, lines }: ExplainedFile): Html {
  const shown = lines.flatMap(({ shownBy }) => shownBy ?? []);
  const chapters = new Map<Chapter, string>();
  for (const { chapter, blockId } of shown) {
    if (!chapters.has(chapter)) chapters.set(chapter, blockId);
  }
  const links = [...chapters].map(
    ([{ slug, number, title }, blockId], index) =>
      html`${index > 0 ? ', ' : ''}<a href="${pageName(slug)}#${blockId}" title="${title}">${number}</a>`,
  );
  return html`<tr><th scope="row"><a href="${filePageName(file)}"><code>${file}</code></a></th><td class="align-right">${lines.length}</td><td class="align-right">${shown.length}</td><td>${links}</td></tr>
`;
}
