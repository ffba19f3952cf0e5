import { readFileSync } from 'node:fs';

/** A case of a text fixture. */
export interface TextCase {
  title: string;
  input: string;
  expected: string;
}

/**
 * Reads a text fixture: cases of a title, an input and what is expected of it, each ended by a line
 * with a lone dot. A new case needs no code.
 *
 * @param name file in `test/book/fixtures`, without its extension
 */
export function textCases(name: string): TextCase[] {
  const text = readFileSync(new URL(`fixtures/${name}.txt`, import.meta.url), 'utf8');
  const parts = text.split(/^\.\n/m);
  const cases: TextCase[] = [];
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const [title = '', input = '', expected = ''] = parts.slice(at, at + 3);
    cases.push({ title: title.trim(), input: withoutEnd(input), expected: withoutEnd(expected) });
  }
  return cases;
}

function withoutEnd(text: string): string {
  return text.replace(/\n$/, '');
}
