/** Characters before and after the word that was found. */
const BEFORE = 50;
const AFTER = 110;

/** A piece of a text around the first of some words that occurs in it. */
export function excerptAround(
  text: string,
  terms: readonly string[],
): { before: string; match: string; after: string } {
  const lower = text.toLowerCase();
  const places = terms
    .map((term) => ({ at: lower.indexOf(term), length: term.length }))
    .filter(({ at }) => at !== -1)
    .sort((a, b) => a.at - b.at);
  const [{ at, length } = { at: 0, length: 0 }] = places;
  // From the beginning of a word to the end of one.
  const start = at <= BEFORE ? 0 : text.indexOf(' ', at - BEFORE) + 1;
  const cut = text.indexOf(' ', at + length + AFTER);
  const end = cut === -1 ? text.length : cut;
  return {
    before: `${start > 0 ? '… ' : ''}${text.slice(start, at)}`,
    match: text.slice(at, at + length),
    after: `${text.slice(at + length, end)}${end < text.length ? ' …' : ''}`,
  };
}
