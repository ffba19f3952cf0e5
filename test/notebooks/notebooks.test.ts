import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadBook } from '../../src/book/book.ts';
import { hasNotebook } from '../../src/book/chapter/chapter.ts';
import { notebookDrift } from '../../src/book/notebook/drift.ts';
import {
  type ExecutedCell,
  executeNotebook,
  judgeExecuted,
} from '../../src/book/notebook/execute.ts';
import { generateCells, notebookFile } from '../../src/book/notebook/generate.ts';
import { formatProblem } from '../../src/book/problem.ts';
import { canSkipPython } from '../support/python.ts';

const root = new URL('../..', import.meta.url).pathname;
const { book } = loadBook(root);

describe.skipIf(canSkipPython)('in the kernel, which `npm run jupyter:install` installs', () => {
  for (const chapter of book.chapters.filter(hasNotebook)) {
    const file = notebookFile(chapter.slug);
    const code = generateCells(book, chapter).filter(({ cell }) => cell.cell_type === 'code');

    describe(file, () => {
      let executed: ExecutedCell[];
      beforeAll(async () => {
        executed = await executeNotebook(join(root, file));
      });

      test('is the notebook of the chapter as it stands', () => {
        const drift = notebookDrift(book, chapter);
        if (drift.length > 0) expect.fail(drift.map(formatProblem).join('\n'));
      });

      for (const generated of code) {
        const [firstLine = ''] = generated.from?.code.split('\n') ?? generated.cell.source;
        test(`${chapter.file}:${generated.line} ${firstLine.trimEnd()}`, () => {
          const run = executed.find(({ id }) => id === generated.cell.id);
          const wrong = judgeExecuted(chapter.file, generated, run);
          if (wrong !== undefined) expect.fail(wrong);
        });
      }

      test('every code cell is executed: those of the chapter, a check for each exercise and two guards', () => {
        const count = (fence: RegExp) => chapter.lines.filter((line) => fence.test(line)).length;
        const cells = count(/^\s*```ts (run|throws=|check=|exercise=)/);
        const exercises = count(/^\s*```ts exercise=/);
        expect(cells).toBeGreaterThan(0);
        expect(executed.map(({ id }) => id)).toEqual(code.map(({ cell }) => cell.id));
        expect(executed.length).toBe(cells + exercises + 2);
      });
    });
  }
});
