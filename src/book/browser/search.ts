import MiniSearch, { type SearchResult } from 'minisearch';
import type { Section } from '../render/page-data.js';
import { loadData } from './data.js';
import { element } from './element.js';
import { excerptAround } from './excerpt-around.js';

const MOST_RESULTS = 12;

/** A dialog in which the whole book can be searched. What it searches is loaded when it is first opened. */
export function startSearch(): { open(): void } {
  const { dialog, input, results, status } = searchDialog();
  let index: MiniSearch<Section> | undefined;
  let sections: readonly Section[] = [];

  async function load(): Promise<void> {
    if (index !== undefined) return;
    status.textContent = 'Loading …';
    await loadData('sections.js');
    sections = globalThis.bookSections ?? [];
    index = new MiniSearch<Section>({
      fields: ['title', 'text', 'place'],
      searchOptions: {
        boost: { title: 4 },
        prefix: true,
        // A typing error in a short word would make it any other word.
        fuzzy: (term) => (term.length > 3 ? 0.2 : false),
        combineWith: 'AND',
      },
    });
    index.addAll(sections);
    status.textContent = '';
    search();
  }

  function search(): void {
    const query = input.value.trim();
    const found = index === undefined || query === '' ? [] : index.search(query);
    results.replaceChildren(...found.slice(0, MOST_RESULTS).map(drawResult));
    if (index !== undefined)
      status.textContent = query === '' ? '' : `${count(found.length)} found`;
  }

  function drawResult(result: SearchResult): HTMLElement {
    const section = sections[result.id as number];
    const link = element('a');
    link.href = section?.href ?? '';
    const { before, match, after } = excerptAround(section?.text ?? '', result.terms);
    const words = element('p', '', before);
    words.append(element('mark', '', match), after);
    link.append(element('strong', '', section?.title), element('span', '', section?.place), words);
    const entry = element('li');
    entry.append(link);
    return entry;
  }

  input.addEventListener('input', search);
  // From the field to the results and back: arrows, which do nothing else in a field of one line.
  dialog.addEventListener('keydown', (event) => {
    const links = [...results.querySelectorAll('a')];
    const stops = [input, ...links];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    // A search field keeps the first Escape for itself, to become empty.
    if (event.key === 'Escape') dialog.close();
    if (event.key === 'Enter' && event.target === input) links[0]?.click();
    if (step === undefined) return;
    event.preventDefault();
    const at = stops.findIndex((stop) => stop.matches(':focus'));
    stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus();
  });
  results.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });

  return {
    open() {
      dialog.showModal();
      input.select();
      load().catch((error: Error) => {
        status.textContent = `${error.message}. Build the book again, and see that its assets are served.`;
      });
    },
  };
}

function count(results: number): string {
  return results === 1 ? '1 section' : `${results} sections`;
}

function searchDialog() {
  const dialog = element('dialog', 'search');
  dialog.setAttribute('aria-label', 'Search the book');
  const input = element('input');
  input.type = 'search';
  input.placeholder = 'Search the book';
  input.setAttribute('aria-label', 'Search the book');
  input.autocomplete = 'off';
  input.spellcheck = false;
  const status = element('p', 'status');
  status.setAttribute('role', 'status');
  const results = element('ol');
  dialog.append(input, status, results);
  document.body.append(dialog);
  return { dialog, input, results, status };
}
