import type { CellParts } from '../render/page-data.js';

/**
 * A cell as a program: what it and the cells before it import, what those set up, and the cell. What
 * they open is closed at the end, in the reverse order, so that the program ends.
 *
 * @returns `undefined` when there is no such cell
 */
export function programOf(cells: readonly CellParts[], id: string): string | undefined {
  const index = cells.findIndex((cell) => cell.id === id);
  const cell = cells[index];
  if (cell === undefined) return undefined;
  const before = cells.slice(0, index).filter(({ isSetUp }) => isSetUp);
  const parts = [...before, cell];
  const imports = [...new Set(parts.flatMap((part) => part.imports))];
  const bodies = parts.map(({ body }) => body);
  const isOpen = (statement: string) => !bodies.some((body) => body.includes(statement));
  const closes = parts.flatMap((part) => part.closes).filter(isOpen);
  const all = [imports.join('\n'), ...bodies, closes.reverse().join('\n')];
  return `${all.filter((part) => part !== '').join('\n\n')}\n`;
}
