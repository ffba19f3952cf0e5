import type { Problem } from '../problem.js';
import { type Block, type Chapter, cells, type Fold } from './chapter.js';
import { createMarkdown } from './markdown.js';

/** A question with numbered choices, of which one is right. */
export interface Quiz {
  /** The `<details>` with the answer. */
  fold: Fold;
  /** How many choices there are. */
  choices: number;
  /** The one that is right, from 1. */
  answer: number;
}

/** What stands on the `<details>` that answers a question. */
const ANSWER = 'Answer';

const WHOLE =
  'A quiz is a numbered list and, right behind it, `<details>` with `<summary>Answer</summary>`, whose text begins with the number of the right choice: `**2.** Because …`.';

const markdown = createMarkdown();

/** Whether a `<details>` answers a question. */
function isAnswer({ edge, summary }: Fold): boolean {
  return edge === 'open' && summary === ANSWER;
}

/** The questions of a chapter, in order, as far as they are whole. */
export function quizzes({ blocks }: Chapter): Quiz[] {
  return blocks.flatMap((block) => (block.kind === 'fold' ? (quizOf(block, blocks) ?? []) : []));
}

/** The question that a `<details>` answers, if it is a whole one. @param blocks - of its chapter */
export function quizOf(fold: Fold, blocks: readonly Block[]): Quiz | undefined {
  if (!isAnswer(fold)) return undefined;
  const { choices, answer } = partsOf(fold, blocks);
  const isWhole = answer !== undefined && answer >= 1 && answer <= choices;
  return isWhole ? { fold, choices, answer } : undefined;
}

/** Finds questions that are not whole, and answers that run although nobody has asked. */
export function quizProblems(chapter: Chapter): Problem[] {
  const { file, blocks } = chapter;
  const problems = blocks.flatMap((fold): Problem[] => {
    if (fold.kind !== 'fold' || !isAnswer(fold)) return [];
    const { choices, answer } = partsOf(fold, blocks);
    const report = (message: string) => [{ file, line: fold.line, message, hint: WHOLE }];
    if (choices < 2) return report('an answer without a list of choices above it');
    if (answer === undefined) return report('an answer that does not begin with its number');
    if (answer >= 1 && answer <= choices) return [];
    return report(`the answer is ${answer}, and there are ${choices} choices`);
  });
  return [...problems, ...strayCells(chapter)];
}

/** How many choices stand before an answer, and the number with which it begins. */
function partsOf(fold: Fold, blocks: readonly Block[]) {
  const index = blocks.indexOf(fold);
  const [before, after] = [blocks[index - 1], blocks[index + 1]];
  const choices = before?.kind === 'prose' ? choicesAtEnd(before.markdown) : 0;
  const [, number] = (after?.kind === 'prose' && /^\s*\*\*(\d+)\.\*\*/.exec(after.markdown)) || [];
  return { choices, answer: number === undefined ? undefined : Number(number) };
}

/** How many items the numbered list has with which a text ends. */
function choicesAtEnd(text: string): number {
  const tokens = markdown.parse(text, {});
  if (tokens.at(-1)?.type !== 'ordered_list_close') return 0;
  const start = tokens.findLastIndex(
    ({ type, level }) => type === 'ordered_list_open' && level === 0,
  );
  return tokens.slice(start).filter(({ type, level }) => type === 'list_item_open' && level === 1)
    .length;
}

function strayCells(chapter: Chapter): Problem[] {
  const { file, blocks } = chapter;
  return cells(chapter)
    .filter((cell) => cell.isAnswer)
    .filter((cell) => {
      const before = blocks.slice(0, blocks.indexOf(cell));
      const fold = before.findLast((block) => block.kind === 'fold');
      return fold?.kind !== 'fold' || !isAnswer(fold);
    })
    .map(({ line }) => ({
      file,
      line,
      message: 'a `ts answer` that answers nothing',
      hint: WHOLE,
    }));
}
