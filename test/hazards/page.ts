/** The catalogue as the appendix of the book shows it. */
import { catalogue, type Verdict } from './catalogue.js';

const START = '<!-- hazards -->';
const END = '<!-- /hazards -->';

/** A Markdown table with a line for each hazard. */
export function hazardTable(): string {
  const rows = catalogue.map(({ id, title, source, official, ours }) => {
    const name = source ? `[${id}](${source})` : id;
    return `| ${[name, title, `${mark(official)} ${official.says}`, ours].map(cell).join(' | ')} |`;
  });
  return ['| | Hazard | Official package 1.23.0 | Ours |', '|---|---|---|---|', ...rows].join('\n');
}

const MARKS: Record<Verdict['verdict'], string> = {
  passes: '**Holds.**',
  fails: '**Fails.**',
  'not run': '**Not run.**',
  'not TypeScript': '**Another language.**',
};

function mark({ verdict }: Verdict): string {
  return MARKS[verdict];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/**
 * The page with the table in its place.
 *
 * @throws Error when the page does not say where that is
 */
export function withTable(page: string): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error(`The page has no ${START} … ${END}.`);
  return `${page.slice(0, start)}${START}\n\n${hazardTable()}\n\n${page.slice(end)}`;
}
