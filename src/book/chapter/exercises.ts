import type { Problem } from '../problem.js';
import { type Block, type Cell, type Chapter, cells } from './chapter.js';
import { EXERCISE_PARTS, type ExercisePart } from './fence.js';

const WHOLE =
  'An exercise has one `ts check=…`, one `ts exercise=…` and, inside `<details>`, one `ts solution=…`, in this order. In the answer of a quiz, a cell is a `ts answer`.';

/**
 * Finds exercises that are not whole: a part is missing, stands twice, in another order or in the wrong
 * place, or the id is not one of this chapter.
 */
export function exerciseProblems(chapter: Chapter): Problem[] {
  const parts = cells(chapter).filter(({ exercise }) => exercise !== undefined);
  const ids = new Set(parts.map(({ exercise }) => exercise?.id ?? ''));
  return [
    ...misplacedCells(chapter),
    ...[...ids].flatMap((id) => {
      const own = parts.filter(({ exercise }) => exercise?.id === id);
      return [...idProblems(chapter, id, own), ...partProblems(chapter, id, own)];
    }),
  ];
}

/** A solution is folded away. What is folded away is no cell of the notebook, so nothing else runs there. */
function misplacedCells({ file, blocks }: Chapter): Problem[] {
  let folded = false;
  return blocks.flatMap((block: Block): Problem[] => {
    if (block.kind === 'fold') folded = block.edge === 'open';
    if (block.kind !== 'cell' || block.isAnswer) return [];
    const isSolution = block.exercise?.part === 'solution';
    if (isSolution === folded) return [];
    const { line } = block;
    return folded
      ? [{ file, line, message: 'a cell inside `<details>` that is no solution', hint: WHOLE }]
      : [{ file, line, message: 'a solution outside `<details>`', hint: WHOLE }];
  });
}

function idProblems({ file, slug }: Chapter, id: string, [first]: readonly Cell[]): Problem[] {
  const [number = ''] = slug.split('-');
  if (new RegExp(`^${number}\\.[1-9]\\d*$`).test(id)) return [];
  const hint = `The exercises of this chapter are ${number}.1, ${number}.2 and so on.`;
  return [
    { file, line: first?.line ?? 1, message: `\`${id}\` is no exercise of this chapter`, hint },
  ];
}

function partProblems({ file }: Chapter, id: string, own: readonly Cell[]): Problem[] {
  const problem = ({ line }: Cell, message: string): Problem => {
    return { file, line, message: `exercise ${id} ${message}`, hint: WHOLE };
  };
  const [first] = own;
  if (first === undefined) return [];
  const found = new Map<ExercisePart, Cell>();
  const twice = own.flatMap((cell) => {
    const { part } = cell.exercise ?? {};
    if (part === undefined) return [];
    const other = found.get(part);
    if (other !== undefined)
      return [problem(cell, `has a second \`${part}\`, after line ${other.line}`)];
    found.set(part, cell);
    return [];
  });
  const missing = EXERCISE_PARTS.filter((part) => !found.has(part));
  const absent = missing.map((part) => problem(first, `has no \`ts ${part}=${id}\``));
  const order = EXERCISE_PARTS.flatMap((part) => found.get(part) ?? []);
  const early = order.find((cell, index) => cell.line < (order[index - 1]?.line ?? 0));
  const disordered = early === undefined ? [] : [problem(early, 'has its parts in another order')];
  return [...twice, ...absent, ...disordered];
}
