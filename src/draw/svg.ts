/** Markup of an SVG, made from trusted pieces; texts and attributes are escaped where they are put in. */
export interface Svg {
  readonly svg: string;
}

/** Of an element; those that are `undefined` are left out. */
export type Attributes = Record<string, string | number | undefined>;

/**
 * One element.
 *
 * @param attributes - those that are `undefined` are left out
 * @param children - markup, or texts, which are escaped
 */
export function element(
  name: string,
  attributes: Attributes = {},
  children: readonly (Svg | string)[] = [],
): Svg {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
  const content = children.map((child) => (typeof child === 'string' ? escaped(child) : child.svg));
  return { svg: `<${name}${written}>${content.join('')}</${name}>` };
}

/** What every drawing has: a size, a paper of its own, and words for those who do not see it. */
export interface Sheet {
  /** In pixels, as are all lengths. */
  width: number;
  height: number;
  title: string;
  description: string;
}

/**
 * A whole drawing. It brings its paper along, because a page shows it as an image, which does not know
 * whether the page is light or dark.
 */
export function sheet(
  { width, height, title, description }: Sheet,
  children: readonly Svg[],
): string {
  const paper = element('rect', {
    x: 0.5,
    y: 0.5,
    width: width - 1,
    height: height - 1,
    rx: 4,
    fill: PAPER,
    stroke: RULE,
  });
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'font-family': 'ui-monospace, SF Mono, Cascadia Code, DejaVu Sans Mono, Consolas, monospace',
    'font-size': 13,
    fill: INK,
  };
  const words = [element('title', {}, [title]), element('desc', {}, [description])];
  return `${element('svg', attributes, [...words, paper, ...children]).svg}\n`;
}

/** About how wide a text is, in pixels, in the drawing's font. */
export function textWidth(text: string): number {
  return text.length * CHARACTER_WIDTH;
}

const CHARACTER_WIDTH = 8;

/** The colours of the book on its light paper, from `paper.css`. Every pair with the paper reaches AA. */
export const PAPER = '#fbfaf6';
export const RAISED = '#ffffff';
export const RULE = '#e2ddd0';
export const INK = '#1f1d1a';
export const SOFT = '#67625a';
export const ACCENT = '#b03c1b';
export const HATCHING = '#c9c2b2';

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
