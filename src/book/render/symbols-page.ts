import type { Book } from '../book.js';
import { type BookSymbol, symbolsOf } from '../source/symbols.js';
import { symbolHref } from './data.js';
import { type Html, html } from './html.js';
import { layout, pageName, SYMBOLS_PAGE } from './layout.js';

/** The page of all exported names that the book shows, by its name; none when it shows none. */
export function symbolsPage(book: Book, scripts: readonly string[]): Map<string, string> {
  const symbols = symbolsOf(book.chapters);
  if (symbols.length === 0) return new Map();
  const lede =
    'Every exported name that the book shows: where it is introduced, and where it is used.';
  const main = html`<header class="opener">
<p class="eyebrow">Index</p>
<h1>Names in the code</h1>
<p class="lede">${lede}</p>
</header>
<div class="table" tabindex="0" role="region" aria-label="Names"><table class="symbols">
<thead><tr><th>name</th><th>what it is</th><th>introduced in</th><th>used in</th></tr></thead>
<tbody>
${symbols.map(row)}</tbody>
</table></div>
`;
  const title = `Names in the code · ${book.config.title}`;
  return new Map([[SYMBOLS_PAGE, layout(book, { title, description: lede, main, scripts })]]);
}

function row(symbol: BookSymbol): Html {
  const { name, kind, file, chapter, usedIn } = symbol;
  const used = usedIn.map(
    ({ slug, number, title }, index) =>
      html`${index > 0 ? ', ' : ''}<a href="${pageName(slug)}" title="${title}">${number}</a>`,
  );
  return html`<tr><th scope="row"><a href="${symbolHref(symbol)}"><code>${name}</code></a></th><td>${kind} in <code>${file}</code></td><td><a href="${symbolHref(symbol)}">${chapter.number} ${chapter.title}</a></td><td>${used}</td></tr>
`;
}
