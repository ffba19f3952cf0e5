import { createCssVariablesTheme, createHighlighterCoreSync, type ThemedToken } from 'shiki/core';
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

/** Colours of pieces of code, by language and code. */
export interface Colours {
  get(key: string): Coloured[][] | undefined;
  set(key: string, lines: Coloured[][]): void;
}

/**
 * Prepares to colour code. The grammars are loaded when there is a piece of code whose colours are not
 * known yet, which costs a second.
 *
 * @param colours - remembers what was coloured, if it can, from build to build
 */
export function createHighlight(colours: Colours = new Map()): Highlight {
  function coloured(language: string, code: string): Coloured[][] {
    const lang = GRAMMARS[language];
    if (lang === undefined) {
      return code.split('\n').map((text) => [{ text, colour: undefined }]);
    }
    const key = `${lang}\n${code}`;
    const known = colours.get(key);
    if (known !== undefined) return known;
    tokenize ??= createTokenize();
    const lines = tokenize(code, lang).map((line) => line.map(named));
    colours.set(key, lines);
    return lines;
  }

  return (language, code, decorations = PLAIN) => {
    const lines = coloured(language, code).map((line, index) => decorate(line, index, decorations));
    return html`${lines.map((line, index) => html`${index > 0 ? '\n' : ''}${line}`)}`;
  };
}

type Tokenize = (code: string, lang: string) => ThemedToken[][];

/** Made once a process, when first needed. */
let tokenize: Tokenize | undefined;

function createTokenize(): Tokenize {
  const highlighter = createHighlighterCoreSync({
    themes: [THEME],
    langs: [typescript, json, shellscript],
    engine,
  });
  // By itself Shiki gives a line up after half a second, which a busy machine may take, and what it did
  // not colour would be kept for all later builds.
  const options = { theme: 'book', tokenizeTimeLimit: 0 };
  return (code, lang) => highlighter.codeToTokensBase(code, { lang, ...options });
}

/** Three times faster on TypeScript than the engine without WebAssembly. Loading it costs some milliseconds. */
const engine = await createOnigurumaEngine(import('shiki/wasm'));

function named({ content, color = '' }: ThemedToken): Coloured {
  return { text: content, colour: /^var\(--token-([a-z-]+)\)$/.exec(color)?.[1] };
}
