/** A piece of a page that is markup already; everything else is text and gets escaped. */
export interface Html {
  readonly html: string;
}

type Value = string | number | Html | readonly Html[] | undefined;

/**
 * Template tag for markup. Strings put into it are escaped, pieces of markup are not, `undefined` is
 * left out.
 *
 * ```ts
 * html`<h1>${title}</h1>`
 * ```
 */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return { html: strings.map((string, index) => string + markup(values[index])).join('') };
}

/** Declares a text to be markup: for the output of the Markdown renderer. */
export function raw(html: string): Html {
  return { html };
}

/** Escapes what has a meaning in markup, in text and in attributes alike. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markup(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return 'html' in value ? value.html : value.map((piece) => piece.html).join('');
}
