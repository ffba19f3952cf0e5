import { loadData } from './data.js';
import { element } from './element.js';

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
    if (globalThis.bookGlossary === undefined) await loadData('glossary.js');
    const entry = globalThis.bookGlossary?.[decodeURIComponent(link.hash.slice(1))];
    if (entry === undefined || !link.matches(':hover, :focus')) return;
    card.replaceChildren(element('strong', '', entry.term), element('p', '', entry.text));
    card.hidden = false;
    shownFor = link;
    link.setAttribute('aria-describedby', card.id);
    place(card, link);
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

/** Under the word, or above it where there is no room; within the window in any case. */
function place(card: HTMLElement, link: HTMLElement): void {
  const word = link.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const room = document.documentElement.clientWidth - width - 16;
  const below = word.bottom + 8;
  const isRoomBelow = below + height < window.innerHeight;
  const top = isRoomBelow ? below : word.top - height - 8;
  card.style.left = `${Math.max(16, Math.min(word.left, room)) + window.scrollX}px`;
  card.style.top = `${top + window.scrollY}px`;
}
