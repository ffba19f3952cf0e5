import { element } from './element.js';

/** What keys do, besides what the browser does with them. */
export interface KeyActions {
  search(): void;
  theme(): void;
  lines(): void;
  /** Goes to the type of the next or the last name; false when the focus is on no code. */
  type(by: 1 | -1): boolean;
}

const KEYS = [
  ['/', 'search'],
  ['n', 'next chapter'],
  ['p', 'previous chapter'],
  ['t', 'light or dark'],
  ['l', 'line numbers'],
  ['i', 'the type of the next name, in code that has the focus; I of the one before'],
  ['?', 'these keys'],
] as const;

/**
 * Listens for single keys. Arrows and everything that a screen reader or the browser uses are left
 * alone: a key counts only without modifiers, and not where something is typed or a dialog is open.
 */
export function startKeys(actions: KeyActions): { open(): void } {
  const help = helpDialog();
  const open = () => help.showModal();
  const byKey: Record<string, () => unknown> = {
    '/': actions.search,
    t: actions.theme,
    l: actions.lines,
    i: () => actions.type(1),
    I: () => actions.type(-1),
    '?': open,
    n: () => follow('next'),
    p: () => follow('prev'),
  };
  document.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, isComposing, target, defaultPrevented } = event;
    if (ctrlKey || metaKey || altKey || isComposing || defaultPrevented) return;
    if (isTypedInto(target) || document.querySelector('dialog[open]')) return;
    const action = Object.hasOwn(byKey, key) ? byKey[key] : undefined;
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  return { open };
}

function follow(rel: 'next' | 'prev'): void {
  document.querySelector<HTMLAnchorElement>(`.turn a[rel="${rel}"]`)?.click();
}

function isTypedInto(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  );
}

function helpDialog(): HTMLDialogElement {
  const dialog = element('dialog', 'help');
  dialog.setAttribute('aria-labelledby', 'keys-title');
  const title = element('h2', '', 'Keys');
  title.id = 'keys-title';
  const list = element('dl');
  for (const [key, meaning] of KEYS) {
    const term = element('dt');
    term.append(element('kbd', '', key));
    list.append(term, element('dd', '', meaning));
  }
  const form = element('form');
  form.method = 'dialog';
  form.append(element('button', 'close', 'Close'));
  dialog.append(title, list, form);
  document.body.append(dialog);
  return dialog;
}
