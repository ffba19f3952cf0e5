/** Whoever has read a chapter is asked whether it was understood, and an answer is shown by a run. */
import { describe, expect, test } from 'vitest';
import { loadSoundBook } from '../../src/book/book.ts';
import { cells } from '../../src/book/chapter/chapter.ts';
import { quizzes } from '../../src/book/chapter/quizzes.ts';
import { inClone } from '../../src/lab/clone.ts';

const { chapters } = loadSoundBook(inClone());
const told = chapters.filter(({ slug }) => /^0[1-8]-/.test(slug));

test('eight chapters tell of a stream', () => {
  expect(told).toHaveLength(8);
});

describe.each(told)('$slug', (chapter) => {
  test('asks at least twice, and answers at least once by a run', () => {
    expect(quizzes(chapter).length).toBeGreaterThanOrEqual(2);
    expect(cells(chapter).some(({ isAnswer, output }) => isAnswer && output)).toBe(true);
  });

  test('does not always have the right answer in the same place', () => {
    const places = quizzes(chapter).map(({ answer }) => answer);
    expect(new Set(places).size).toBeGreaterThan(1);
  });

  test('gives at least three choices', () => {
    for (const { choices } of quizzes(chapter)) expect(choices).toBeGreaterThanOrEqual(3);
  });
});
