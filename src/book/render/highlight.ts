import { createCssVariablesTheme, createHighlighterCore, type ThemedToken } from 'shiki/core';
import { createOnigurumaEngine } from 'shiki/engine/oniguruma';
import json from 'shiki/langs/json.mjs';
import shellscript from 'shiki/langs/shellscript.mjs';
import typescript from 'shiki/langs/typescript.mjs';
import { type Html, html } from './html.js';

/** Colours code: language and code to markup with classes, `<span class="code-keyword">`. */
export type Highlight = (language: string, code: string) => Html;

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
 * the result remembers every block that it has coloured: a rebuild colours only what is new.
 */
export async function createHighlight(): Promise<Highlight> {
  const highlighter = await createHighlighterCore({
    themes: [THEME],
    langs: [typescript, json, shellscript],
    // Three times faster on TypeScript than the engine without WebAssembly.
    engine: createOnigurumaEngine(import('shiki/wasm')),
  });
  const remembered = new Map<string, Html>();
  return (language, code) => {
    const lang = GRAMMARS[language];
    if (lang === undefined) return html`${code}`;
    const key = `${lang}\n${code}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const lines = highlighter.codeToTokensBase(code, { lang, theme: 'book' });
    const coloured = html`${lines.map((line, index) => html`${index > 0 ? '\n' : ''}${line.map(span)}`)}`;
    remembered.set(key, coloured);
    return coloured;
  };
}

function span({ content, color = '' }: ThemedToken): Html {
  const [, name] = /^var\(--token-([a-z-]+)\)$/.exec(color) ?? [];
  return name === undefined ? html`${content}` : html`<span class="code-${name}">${content}</span>`;
}
