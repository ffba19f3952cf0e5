import type { Block, Chapter } from './chapter.js';

/**
 * Ids by which a page's blocks can be linked to, by the first line of each: an excerpt is named by its
 * file and region, so that a link to it outlives edits of the text; cells and commands are counted, and
 * an exercise has its number.
 */
export function blockIds(chapter: Chapter): Map<number, string> {
  const taken = new Set(chapter.headings.map(({ id }) => id));
  const counts = { cell: 0, answer: 0, command: 0 };
  const ids = new Map<number, string>();
  for (const block of chapter.blocks) {
    const base = baseOf(block, counts);
    if (base === undefined) continue;
    let id = base;
    for (let again = 2; taken.has(id); again++) id = `${base}-${again}`;
    taken.add(id);
    ids.set(block.line, id);
  }
  return ids;
}

function baseOf(
  block: Block,
  counts: Record<'cell' | 'answer' | 'command', number>,
): string | undefined {
  switch (block.kind) {
    case 'excerpt': {
      const file = block.file.replace(/^src\//, '').replace(/\.\w+$/, '');
      const name = block.region === undefined ? file : `${file}-${block.region}`;
      return `code-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
    }
    case 'cell':
      if (block.exercise?.part === 'exercise') return `exercise-${idOf(block.exercise.id)}`;
      if (block.exercise !== undefined) return `${block.exercise.part}-${idOf(block.exercise.id)}`;
      return block.isAnswer ? `answer-${++counts.answer}` : `cell-${++counts.cell}`;
    case 'command':
      return `command-${++counts.command}`;
    default:
      return undefined;
  }
}

function idOf(exercise: string): string {
  return exercise.replace('.', '-');
}
