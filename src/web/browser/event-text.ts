import type { Gap } from './wire.js';

/** What a line can be made of; each scenario uses some of these words. */
type Fields = Record<string, unknown>;

/** The sentences of the scenarios; the first that has all it needs is taken. */
const SENTENCES: ReadonlyArray<(fields: Fields) => string | undefined> = [
  ({ message }) => text(message),
  ({ agency, number, text: news }) => join`${text(agency)} ${count(number)} · ${text(news)}`,
  ({ n, of, total }) => join`tick ${count(n)}/${count(of)} · ${count(total)} parts`,
  ({ stage, percent }) => join`${text(stage)} ${count(percent)} %`,
  ({ stage, kind }) => join`${text(stage)} ${text(kind)}`,
  ({ kind }) => text(kind),
];

/**
 * What a line of the list says about an event: a sentence in the words that the scenarios use, or else all of it as
 * JSON.
 *
 * @param data - the event's payload, of any shape
 */
export function eventText(data: unknown): string {
  if (typeof data === 'string') return data;
  if (typeof data === 'object' && data !== null) {
    for (const sentence of SENTENCES) {
      const said = sentence(data as Fields);
      if (said !== undefined) return said;
    }
  }
  return JSON.stringify(data) ?? '';
}

/** What a line says where items were dropped, in the words of the terminal: `↪ jumped offset=9 → 13 (3 dropped)`. */
export function jumpText({ from, to }: Gap): string {
  const path = from === 0 ? `began at offset=${to}` : `jumped offset=${from - 1} → ${to}`;
  return `↪ ${path} (${to - from} dropped)`;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function count(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : undefined;
}

/** Fills a template, unless something for it is missing. */
function join(words: TemplateStringsArray, ...values: (string | undefined)[]): string | undefined {
  return values.includes(undefined) ? undefined : String.raw({ raw: words }, ...values);
}
