/** A text of foreign origin, fit for a terminal. */

/** All control characters but tab and newline: C0, DEL and C1 of ECMA-48. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * The text without what a terminal would obey instead of show: a model may be talked into writing
 * escape sequences, which can retitle a window, or hide what came before.
 */
export function printable(text: string): string {
  return text.replace(CONTROL, '');
}
