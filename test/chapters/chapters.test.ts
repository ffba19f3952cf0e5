import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBook, sourceProblems } from '../../src/book/book.ts';
import { isAppendix, runnables } from '../../src/book/chapter/chapter.ts';
import { type Doctest, openDoctest } from '../../src/book/doctest/doctest.ts';
import { formatProblem } from '../../src/book/problem.ts';

const root = new URL('../..', import.meta.url).pathname;
const { book, problems } = loadBook(root);

for (const chapter of book.chapters) {
  describe(chapter.slug, () => {
    let doctest: Doctest;
    beforeAll(() => {
      doctest = openDoctest(root, chapter);
    });
    afterAll(() => doctest.close());

    test('text, excerpts and links are right', () => {
      const all = [...problems, ...sourceProblems(book)];
      const own = all.filter(({ file }) => file === chapter.file);
      if (own.length > 0) expect.fail(own.map(formatProblem).join('\n'));
    });

    for (const block of runnables(chapter)) {
      const [firstLine = ''] = block.code.split('\n');
      test(`${chapter.file}:${block.line} ${firstLine}`, async ({ skip }) => {
        const outcome = await doctest.outcome(block);
        if (outcome.status === 'skipped') skip(outcome.message);
        if (outcome.status !== 'passed') expect.fail(outcome.message);
      });
    }

    test('every cell and command of the Markdown has run', async () => {
      const executed = /^\s*```(ts (run|answer|throws=|check=|exercise=|solution=)|sh run)/;
      const fences = chapter.lines.filter((line) => executed.test(line));
      const last = runnables(chapter).at(-1);
      if (last !== undefined) await doctest.outcome(last);
      if (!isAppendix(chapter)) expect(fences.length).toBeGreaterThan(0);
      expect(doctest.ran()).toBe(fences.length);
    });

    test('nothing is rejected in the background after the last cell', async () => {
      expect(await doctest.finish()).toEqual([]);
    });
  });
}
