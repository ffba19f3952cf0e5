/** Elements that a figure may have: shapes, text, and what groups and paints them. */
const ELEMENTS = new Set(
  (
    'svg title desc defs g symbol use marker clipPath mask pattern linearGradient radialGradient ' +
    'stop path rect circle ellipse line polyline polygon text tspan'
  ).split(' '),
);

const TAG = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Tells why an SVG must not be shown. What a page or a notebook shows may come from a stream, so a
 * figure is allowed what it needs, and everything else is refused: scripts and handlers, style sheets,
 * foreign markup, and addresses other than those of its own parts.
 *
 * @returns the reason, or nothing when the SVG is safe
 */
export function unsafeIn(svg: string): string | undefined {
  const text = svg.trim();
  const open: string[] = [];
  let end = 0;
  for (const match of text.matchAll(TAG)) {
    const [tag, closes = '', name = '', attributes = '', isEmpty = ''] = match;
    if (text.slice(end, match.index).includes('<')) return NOT_WELL_FORMED;
    if (open.length === 0 && (name !== 'svg' || end > 0)) return NOT_ONE;
    end = match.index + tag.length;
    if (closes !== '') {
      if (open.pop() !== name) return NOT_WELL_FORMED;
      continue;
    }
    if (!ELEMENTS.has(name)) return `it has a <${name}>, which is no shape`;
    if (isEmpty === '') open.push(name);
    const unsafe = unsafeAttribute(attributes);
    if (unsafe !== undefined) return unsafe;
  }
  if (end === 0 || end < text.length) return end === 0 ? NOT_ONE : NOT_WELL_FORMED;
  return open.length === 0 ? undefined : NOT_WELL_FORMED;
}

const NOT_ONE = 'it is not one <svg> element and nothing else';
const NOT_WELL_FORMED = 'its markup is not well-formed, or has more than elements and text';

function unsafeAttribute(attributes: string): string | undefined {
  for (const [, name = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
    const value = (double ?? single ?? '').trim();
    if (/^on/i.test(name)) return `it has a handler, ${name}`;
    if (/^style$/i.test(name)) return 'it has a style; write its properties as attributes';
    if (/(^|:)href$/i.test(name) && !value.startsWith('#')) return 'it leads somewhere else';
    if (/url\(/i.test(value) && !/^url\(#[\w-]+\)$/.test(value)) return 'it loads something';
  }
  return undefined;
}
