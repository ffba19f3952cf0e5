import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

/** Media types of the figures that a book may show, by the ends of their files' names. */
const MEDIA_TYPES: Record<string, string> = { '.svg': 'image/svg+xml', '.png': 'image/png' };

/**
 * Puts into a page what it would load from beside it, so that it can be kept, sent or printed alone: its
 * style sheet, its icon and its figures.
 *
 * @param looks - texts of the style sheet and of the icon, which is an SVG
 * @param files - absolute paths of figures, by their addresses on the page
 */
export function inOneFile(
  page: string,
  looks: { style: string; icon: string },
  files: ReadonlyMap<string, string>,
): string {
  // A function, since a text to put in gives `$&` and the like a meaning.
  return page
    .replace(/(<link rel="icon"[^>]* href=)"[^"]*"/, (_, link: string) => {
      return `${link}"${dataUri('image/svg+xml', Buffer.from(looks.icon))}"`;
    })
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${looks.style}</style>`)
    .replace(/ src="([^"]+)"/g, (whole, address: string) => {
      const file = files.get(address);
      const mediaType = MEDIA_TYPES[extname(address)];
      if (file === undefined || mediaType === undefined) return whole;
      return ` src="${dataUri(mediaType, readFileSync(file))}"`;
    });
}

function dataUri(mediaType: string, content: Buffer): string {
  return `data:${mediaType};base64,${content.toString('base64')}`;
}
