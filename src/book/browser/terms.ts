import { loadData } from './data.js';
import { element } from './element.js';
import { placeBeside } from './place.js';

/** How long the pointer rests on a word before its card comes, in milliseconds: nobody wants them in passing. */
const REST_MS = 250;

/** Shows what the glossary says of a word beside it, when the pointer rests on it or it has the focus. */
export function startTerms(): void {
  const card = element('div', 'card');
  card.id = 'term-card';
  card.setAttribute('role', 'tooltip');
  card.hidden = true;
  document.body.append(card);
  let shownFor: HTMLAnchorElement | undefined;
  let resting: number | undefined;

  async function show(link: HTMLAnchorElement): Promise<void> {
    await loadData('glossary.js');
    const entry = globalThis.bookGlossary?.[decodeURIComponent(link.hash.slice(1))];
    if (entry === undefined || !link.matches(':hover, :focus')) return;
    card.replaceChildren(element('strong', '', entry.term), element('p', '', entry.text));
    card.hidden = false;
    shownFor = link;
    link.setAttribute('aria-describedby', card.id);
    placeBeside(card, link);
  }

  function hide(): void {
    clearTimeout(resting);
    card.hidden = true;
    shownFor?.removeAttribute('aria-describedby');
    shownFor = undefined;
  }

  // A card that cannot be loaded is not worth a message: the word is a link to the glossary.
  const showQuietly = (link: HTMLAnchorElement) => void show(link).catch(hide);
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a.term')) {
    link.addEventListener('pointerenter', ({ pointerType }) => {
      if (pointerType === 'mouse') resting = setTimeout(() => showQuietly(link), REST_MS);
    });
    link.addEventListener('pointerleave', hide);
    link.addEventListener('focus', () => showQuietly(link));
    link.addEventListener('blur', hide);
  }
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hide();
  });
}
