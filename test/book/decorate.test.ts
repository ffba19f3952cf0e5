import { describe, expect, test } from 'vitest';
import { decorate, PLAIN } from '../../src/book/render/decorate.ts';
import { html } from '../../src/book/render/html.ts';

const TOKENS = [
  { text: 'const', colour: 'keyword' },
  { text: ' log.append', colour: undefined },
];
const mark = (start: number, end: number, line = 0) => ({
  line,
  start,
  end,
  wrap: (inner: { html: string }) => html`<b>${inner}</b>`,
});

describe('a line of code', () => {
  test('is its tokens in their colours', () => {
    expect(decorate(TOKENS, 0, PLAIN).html).toBe(
      '<span class="line"><span class="code-keyword">const</span> log.append</span>',
    );
  });

  test('has markup around a part of a token', () => {
    const decorations = { spans: [mark(10, 16), mark(6, 9)], lines: new Map() };
    expect(decorate(TOKENS, 0, decorations).html).toBe(
      '<span class="line"><span class="code-keyword">const</span> <b>log</b>.<b>append</b></span>',
    );
  });

  test('has markup around two tokens, each in its colour', () => {
    const decorations = { spans: [mark(3, 9)], lines: new Map() };
    expect(decorate(TOKENS, 0, decorations).html).toBe(
      '<span class="line"><span class="code-keyword">con</span>' +
        '<b><span class="code-keyword">st</span> log</b>.append</span>',
    );
  });

  test('takes what is meant for it, and nothing that is meant for another', () => {
    const lines = new Map([[1, { id: 'L2', classes: 'added' }]]);
    const decorations = { spans: [mark(0, 5)], lines };
    expect(decorate(TOKENS, 1, decorations).html).toMatch(
      /^<span class="line added" id="L2"><span class="code-k/,
    );
    expect(decorate(TOKENS, 1, decorations).html).not.toContain('<b>');
  });
});
