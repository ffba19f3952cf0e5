import type { CellParts, Glossary, Recordings, Section, Types } from '../render/page-data.js';

declare global {
  var bookSections: Section[] | undefined;
  var bookGlossary: Glossary | undefined;
  var bookTypes: Types | undefined;
  var bookCells: CellParts[] | undefined;
  var bookRecordings: Recordings | undefined;
}

const loads = new Map<string, Promise<void>>();

/**
 * Loads a script of data that lies beside the pages, once however often it is asked for; after a failure
 * it is tried again. A script and not a request for JSON, because that works from a disk as well, where a
 * browser forbids the other.
 */
export function loadData(name: string): Promise<void> {
  const known = loads.get(name);
  if (known !== undefined) return known;
  const load = new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `assets/${name}`;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      loads.delete(name);
      reject(new Error(`assets/${name} cannot be loaded`));
    });
    document.head.append(script);
  });
  loads.set(name, load);
  return load;
}
