import { createRequire } from 'node:module';
import { join } from 'node:path';
import { LabError } from './errors.js';
import { unsafeIn } from './show-safety.js';

/** A figure that a cell has drawn. */
export interface ShownFigure {
  /** Name of its file in `chapters/figures/`, without the extension. */
  name: string;
  /** One SVG document. */
  svg: string;
  /** The same in words. */
  alt: string;
}

/** What a name may look like: the chapter's number, then words. */
const NAME = /^(\d\d|a\d)-[a-z0-9-]+$/;

let receive: ((figure: ShownFigure) => void) | undefined;

/**
 * Shows a figure: in a notebook as a picture, everywhere as the line `[figure: …]`. The page of the
 * chapter has the picture that was recorded, `chapters/figures/<name>.svg`, as an ordinary image.
 *
 * @param name - `02-backlog`: the chapter's number, then words
 * @param svg - one SVG document without scripts, style sheets or anything from elsewhere
 * @param alt - what the figure says, in words on one line
 * @throws LabError `usage` when one of them is not so
 */
export async function show(name: string, svg: string, alt: string): Promise<void> {
  refuseWrong(name, svg, alt);
  receive?.({ name, svg, alt });
  kernelDisplay()?.svg(svg);
  console.log(`[figure: ${alt}]`);
}

/** Hands every figure that is shown from now on to a listener: for the recording of a chapter. */
export function receiveFigures(listener: (figure: ShownFigure) => void): void {
  receive = listener;
}

function refuseWrong(name: string, svg: string, alt: string): void {
  if (!NAME.test(name)) {
    const rule = 'the number of its chapter and words, such as 02-backlog';
    throw new LabError('usage', `"${name}" is no name of a figure; it must be ${rule}.`);
  }
  if (alt.trim() === '' || alt.includes('\n')) {
    throw new LabError('usage', `Figure ${name} must say on one line what it shows.`);
  }
  const unsafe = unsafeIn(svg);
  if (unsafe !== undefined) {
    throw new LabError('usage', `Figure ${name} is not shown: ${unsafe}.`);
  }
}

/**
 * The display of the notebook's kernel, tslab, when this process is one. The kernel has loaded its
 * Jupyter module by then, and the public module beside it shares its connection; loading tslab where
 * it does not run would only cost a second.
 */
function kernelDisplay(): { svg(text: string): void } | undefined {
  const require = createRequire(import.meta.url);
  const loaded = Object.keys(require.cache);
  const kernel = loaded.find((file) => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(file));
  return kernel === undefined ? undefined : require(join(kernel, '..', 'public.js')).display;
}
