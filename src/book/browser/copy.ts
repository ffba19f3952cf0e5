import { loadData } from './data.js';
import { element } from './element.js';
import { programOf } from './program.js';

/** How long a button says that something was copied, in milliseconds. */
const SAID_MS = 1_500;

/**
 * Gives every block of code a button that copies it. A cell is copied as a program that runs, with what
 * the cells before it import and set up; a second button copies the lines that are shown. What a block
 * printed is copied with neither. Beside them is a link to the block.
 */
export function startCopy(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('main figure')) {
    const code = figure.querySelector('pre > code');
    if (code === null || figure.classList.contains('output')) continue;
    const shown = async () => code.textContent;
    const buttons = element('div', 'copy');
    if (figure.matches('.cell') && /^(cell|answer)-/.test(figure.id)) {
      buttons.append(copyButton('copy program', () => programFor(figure.id)));
      buttons.append(copyButton('lines', shown));
    } else {
      buttons.append(copyButton('copy', shown));
    }
    if (figure.id !== '') buttons.append(linkTo(figure.id));
    figure.append(buttons);
  }
}

/** A block's own address, to be followed or copied from the browser's menu. */
function linkTo(id: string): HTMLAnchorElement {
  const link = element('a', '', 'link');
  link.href = `#${id}`;
  return link;
}

async function programFor(id: string): Promise<string> {
  await loadData(`cells-${document.body.dataset.chapter}.js`);
  return programOf(globalThis.bookCells ?? [], id) ?? '';
}

function copyButton(label: string, textOf: () => Promise<string | null>): HTMLButtonElement {
  const button = element('button', '', label);
  button.type = 'button';
  button.addEventListener('click', async () => {
    const isCopied = await textOf()
      .then((text) => navigator.clipboard.writeText(text ?? ''))
      .then(
        () => true,
        () => false,
      );
    button.textContent = isCopied ? 'copied' : 'the browser forbids it';
    setTimeout(() => {
      button.textContent = label;
    }, SAID_MS);
  });
  // A button that changes its words tells them to who cannot see them.
  button.setAttribute('aria-live', 'polite');
  return button;
}
