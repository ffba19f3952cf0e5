import { readFileSync } from 'node:fs';
import { inClone } from '../../lab/clone.js';
import { writeWhole } from '../../lab/write.js';
import type { Coloured, Colours } from './highlight.js';

/** Names the grammars, by the version of their package, and the theme, by a number to raise. */
const { version: SHIKI } = JSON.parse(
  readFileSync(inClone('node_modules', 'shiki', 'package.json'), 'utf8'),
);
const VERSION = `${SHIKI} 2`;

/** Colours that outlive a build: only code that is new has to be coloured. */
export interface KeptColours extends Colours {
  /** Writes what was asked for since the last time, and forgets the rest. */
  save(): void;
}

/** @param file - where they are kept; it may be missing or broken */
export function keepColours(file: string): KeptColours {
  const known = readColours(file);
  let used = new Map<string, Coloured[][]>();
  return {
    get(key) {
      const lines = used.get(key) ?? known.get(key);
      if (lines !== undefined) used.set(key, lines);
      return lines;
    },
    set(key, lines) {
      used.set(key, lines);
    },
    save() {
      const isNews = [...used.keys()].some((key) => !known.has(key));
      for (const [key, lines] of used) known.set(key, lines);
      if (isNews) writeWhole(file, JSON.stringify({ version: VERSION, colours: [...used] }));
      used = new Map();
    },
  };
}

function readColours(file: string): Map<string, Coloured[][]> {
  try {
    const { version, colours } = JSON.parse(readFileSync(file, 'utf8'));
    if (version === VERSION) return new Map(colours);
  } catch {
    // Not there yet, or cut off: coloured anew.
  }
  return new Map();
}
