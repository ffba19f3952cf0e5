import { loadData } from './data.js';
import { element } from './element.js';
import { placeBeside } from './place.js';

/** How long the pointer rests on a name before its type comes, in milliseconds. */
const REST_MS = 200;

/**
 * Shows the type of a name in the code: to the pointer that rests on it, to the finger that taps it, and
 * to the keyboard by a key that goes from name to name of the block that has the focus. The types of a
 * page are loaded when the first is asked for.
 */
export function startHover(): { step(by: 1 | -1): boolean } {
  const card = element('div', 'card type-card');
  card.setAttribute('role', 'status');
  card.hidden = true;
  document.body.append(card);
  let shown: HTMLElement | undefined;
  /** Whether the pointer has brought the card, and so takes it away again. */
  let isPointed = false;
  let resting: number | undefined;

  async function show(name: HTMLElement, isStill: () => boolean): Promise<void> {
    await loadData(`types-${document.body.dataset.chapter}.js`);
    const text = globalThis.bookTypes?.[Number(name.dataset.type)];
    if (text === undefined || !isStill()) return;
    hide();
    const type = element('pre');
    type.append(element('code', '', text.type));
    card.replaceChildren(type);
    if (text.about !== '') card.append(element('p', '', text.about));
    if (name instanceof HTMLAnchorElement) {
      const link = element('a', '', 'Where the book introduces it');
      link.href = name.href;
      card.append(link);
    }
    card.hidden = false;
    name.classList.add('shown');
    shown = name;
    placeBeside(card, name);
  }

  function hide(): void {
    clearTimeout(resting);
    card.hidden = true;
    shown?.classList.remove('shown');
    shown = undefined;
  }

  // A type that cannot be loaded is not worth a message: the code can be read without it.
  const showQuietly = (name: HTMLElement, isStill: () => boolean) =>
    void show(name, isStill).catch(hide);
  const nameAt = ({ target }: Event) =>
    target instanceof Element ? target.closest<HTMLElement>('[data-type]') : null;

  document.addEventListener('pointerover', (event) => {
    if (event.pointerType !== 'mouse') return;
    const name = nameAt(event);
    if (name === shown || card.contains(event.target as Node)) return;
    clearTimeout(resting);
    // On its way from the name to the card, the pointer leaves the name for a moment.
    resting = setTimeout(() => {
      if (name === null) {
        if (isPointed) hide();
        return;
      }
      isPointed = true;
      showQuietly(name, () => name.matches(':hover'));
    }, REST_MS);
  });
  document.addEventListener('click', (event) => {
    const name = nameAt(event);
    const isTouch = event instanceof PointerEvent && event.pointerType !== 'mouse';
    if (name === null || !isTouch) {
      if (!card.contains(event.target as Node)) hide();
      return;
    }
    // The first tap tells the type, the link in the card leads on.
    event.preventDefault();
    isPointed = false;
    showQuietly(name, () => true);
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hide();
  });

  return {
    step(by) {
      const block = document.activeElement?.closest('pre');
      const names = [...(block?.querySelectorAll<HTMLElement>('[data-type]') ?? [])];
      if (names.length === 0) return false;
      const at = shown === undefined ? -1 : names.indexOf(shown);
      const next =
        names[at === -1 && by === -1 ? names.length - 1 : (at + by + names.length) % names.length];
      next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      isPointed = false;
      if (next !== undefined) showQuietly(next, () => true);
      return true;
    },
  };
}
