/** Figures as rows and columns: a row for what was measured, a column for each side. */
import { type Figure, type Figures, isMeasured, readResults, topicOf } from './results.js';
import { isSide, type SideName, sideNames } from './sides.js';

/** A table before it is written as text. */
export interface Table {
  sides: SideName[];
  rows: { name: string; unit: string; cells: (Figure | undefined)[] }[];
}

/** Which figures a table has. */
export interface TableOptions {
  /** @defaultValue all that have a figure */
  sides?: readonly SideName[];
  /** Last words of the ids, as `p50`. @defaultValue all */
  metrics?: readonly string[];
}

/**
 * Figures with the same id but for the side make a row.
 *
 * @param topic - the first word of their ids, as `latency`
 */
export function tableOf(
  figures: Figures,
  topic: string,
  { sides: wanted = sideNames, metrics }: TableOptions = {},
): Table {
  const rows = new Map<string, Map<SideName, Figure>>();
  for (const [id, figure] of Object.entries(figures)) {
    const words = id.split('/');
    const side = words.find(isSide);
    if (topicOf(id) !== topic || !side || !wanted.includes(side)) continue;
    if (metrics && !metrics.includes(words.at(-1) ?? '')) continue;
    const name = words.filter((word, index) => index > 0 && word !== side).join(' ');
    const row = rows.get(name) ?? new Map<SideName, Figure>();
    rows.set(name, row.set(side, figure));
  }
  const present = [...rows.values()].flatMap((row) => [...row.keys()]);
  const sides = wanted.filter((side) => present.includes(side));
  return {
    sides,
    rows: [...rows].map(([name, row]) => {
      const unit = [...row.values()][0]?.unit ?? '';
      return { name, unit, cells: sides.map((side) => row.get(side)) };
    }),
  };
}

/**
 * The committed figures of a topic as a table for a terminal.
 *
 * @param topic - the first word of the ids, as `latency` or `history`
 * @param options - which sides and metrics
 * @returns lines; the median of the rounds, and the lowest and the highest in brackets
 * @throws Error when there is no such figure
 *
 * @example
 * console.log(benchTable('latency', { sides: ['ours', 'official'], metrics: ['p50', 'p99'] }));
 */
export function benchTable(topic: string, options: TableOptions = {}): string {
  const table = tableOf(readResults().figures, topic, options);
  if (table.rows.length === 0) throw new Error(`Nothing was measured as "${topic}" with that.`);
  return asText(table);
}

/** A table for a terminal. */
export function asText(table: Table): string {
  const { head, body, notes } = written(table);
  const lines = [head, ...body];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column]))));
  const aligned = lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd(),
  );
  return [...aligned, ...notes].join('\n');
}

/** A table in Markdown. */
export function asMarkdown(table: Table): string {
  const { head, body, notes } = written(table);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
  const lines = [head, rule, ...body].map(line);
  return [...lines, ...(notes.length > 0 ? ['', notes.join('  \n')] : [])].join('\n');
}

/** The words of a table: failures are told below it, each once. */
function written({ sides, rows }: Table) {
  const notes: string[] = [];
  const cell = (figure: Figure | undefined): string => {
    if (figure === undefined) return '';
    if (isMeasured(figure)) return describeFigure(figure);
    let note = notes.indexOf(figure.failed);
    if (note === -1) note = notes.push(figure.failed) - 1;
    return `failed [${note + 1}]`;
  };
  const head = ['', ...sides];
  const body = rows.map(({ name, unit, cells }) => [`${name}, ${unit}`, ...cells.map(cell)]);
  return { head, body, notes: notes.map((note, index) => `[${index + 1}] failed in ${note}`) };
}

/** A figure in a few words: `11.2 (10.8–12)`, without its unit. */
export function describeFigure(figure: Figure): string {
  if (!isMeasured(figure)) return `failed in ${figure.failed}`;
  const { value, low, high } = figure;
  if (low === high) return inDigits(value);
  return `${inDigits(value)} (${inDigits(low)}–${inDigits(high)})`;
}

/** Digits that a reader can take in. */
const DIGITS = 3;

/** A number with as many digits as mean something; all before the point, thousands set apart. */
export function inDigits(value: number): string {
  const digits = Math.max(DIGITS, Math.ceil(Math.log10(Math.abs(value) + 1)));
  return value.toLocaleString('en-GB', { maximumSignificantDigits: digits });
}

function widthOf(cell: string | undefined): number {
  return cell?.length ?? 0;
}
