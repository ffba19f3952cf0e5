import { createCssVariablesTheme, createHighlighterCore, type ThemedToken } from 'shiki/core';
import { createOnigurumaEngine } from 'shiki/engine/oniguruma';
import json from 'shiki/langs/json.mjs';
import shellscript from 'shiki/langs/shellscript.mjs';
import typescript from 'shiki/langs/typescript.mjs';
import { type Decorations, decorate, PLAIN } from './decorate.js';
import { type Html, html } from './html.js';

/**
 * Colours code: language and code to markup with classes, `<span class="code-keyword">`. Every line is
 * a `<span class="line">`, and the text between the tags is the code as it was given.
 */
export type Highlight = (language: string, code: string, decorations?: Decorations) => Html;

/** A stretch of a line in one colour. */
export interface Coloured {
  text: string;
  /** Name of the colour; `undefined` for that of plain text. */
  colour: string | undefined;
}

/**
 * A theme whose colours are names. The names become classes, because the live book's content security
 * policy allows no `style` attribute; both palettes are in `assets/code.css`.
 */
const THEME = createCssVariablesTheme({ name: 'book', variablePrefix: '--', fontStyle: false });

const GRAMMARS: Record<string, string> = {
  ts: 'typescript',
  typescript: 'typescript',
  json: 'json',
  sh: 'shellscript',
};

/**
 * Loads the grammars. The first block costs half a second and each further one some milliseconds, so
 * the result remembers the colours of every block: a rebuild colours only what is new.
 */
export async function createHighlight(): Promise<Highlight> {
  const highlighter = await createHighlighterCore({
    themes: [THEME],
    langs: [typescript, json, shellscript],
    // Three times faster on TypeScript than the engine without WebAssembly.
    engine: createOnigurumaEngine(import('shiki/wasm')),
  });
  const remembered = new Map<string, Coloured[][]>();

  function coloured(language: string, code: string): Coloured[][] {
    const lang = GRAMMARS[language];
    if (lang === undefined) {
      return code.split('\n').map((text) => [{ text, colour: undefined }]);
    }
    const key = `${lang}\n${code}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const lines = highlighter.codeToTokensBase(code, { lang, theme: 'book' });
    const result = lines.map((line) => line.map(named));
    remembered.set(key, result);
    return result;
  }

  return (language, code, decorations = PLAIN) => {
    const lines = coloured(language, code).map((line, index) => decorate(line, index, decorations));
    return html`${lines.map((line, index) => html`${index > 0 ? '\n' : ''}${line}`)}`;
  };
}

function named({ content, color = '' }: ThemedToken): Coloured {
  return { text: content, colour: /^var\(--token-([a-z-]+)\)$/.exec(color)?.[1] };
}
