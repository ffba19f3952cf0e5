import { topicColours } from './colours.js';
import { ACCENT, HATCHING, INK, PAPER, RAISED, RULE, SOFT } from './svg.js';

/** The page's names for the colours of a drawing, by which they follow its theme. */
const NAMES = new Map<string, string>([
  [PAPER, '--paper'],
  [RAISED, '--raised'],
  [RULE, '--rule'],
  [INK, '--ink'],
  [SOFT, '--soft'],
  [ACCENT, '--accent'],
  [HATCHING, '--hatching'],
  ...[...topicColours(['1', '2', '3', '4', '5', '6']).values()]
    .slice(0, 5)
    .map((colour, index): [string, string] => [colour, `--topic-${index + 1}`]),
]);

/**
 * A drawing as a part of a page instead of a file of its own: in the colours of the page, whichever
 * theme that has. Only whole attributes are colours; a text never holds a quotation mark.
 */
export function inPage(svg: string): string {
  return svg.replace(/="(#[0-9a-f]{6})"/g, (whole, colour: string) => {
    const name = NAMES.get(colour);
    return name === undefined ? whole : `="var(${name}, ${colour})"`;
  });
}
