import type { CellParts } from '../render/page-data.js';

/**
 * A cell as a program: what it and the cells before it import, what those set up, and the cell.
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
  const bodies = parts.map(({ body }) => body).filter((body) => body !== '');
  return `${[imports.join('\n'), ...bodies].filter((part) => part !== '').join('\n\n')}\n`;
}
