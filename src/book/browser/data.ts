import type { CellParts, Glossary, Section, Types } from '../page-data.js';

export type { Section };

declare global {
  var bookSections: Section[] | undefined;
  var bookGlossary: Glossary | undefined;
  var bookTypes: Types | undefined;
  var bookCells: CellParts[] | undefined;
}

/**
 * Loads a script of data that lies beside the pages. A script and not a request for JSON, because that
 * works from a disk as well, where a browser forbids the other.
 */
export function loadData(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `assets/${name}`;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error(`assets/${name} cannot be loaded`)));
    document.head.append(script);
  });
}
