/**
 * Exercises: a task is given in prose, and a check tells whether the reader's answer does it.
 *
 * @module
 */
import { lackIn } from './exercise-lack.js';

/** What a reader answers to. */
export interface Exercise<A> {
  /** Gives the answer, in place of one given before. Nothing of it runs until {@link check}. */
  answer(answer: A): void;
}

/** What a check has found. */
export type Checked = { done: true } | { done: false; message: string };

/** How {@link check} goes about it. */
export interface CheckOptions {
  /**
   * How long an answer may take, in milliseconds.
   * @defaultValue 30,000
   */
  timeoutMs?: number;
}

const ANSWER_TIMEOUT_MS = 30_000;

interface Posed {
  check: (answer: unknown) => void | Promise<void>;
  /** A list of one answer, or of none, since any value may be one. */
  given: unknown[];
}

/**
 * The exercises of this process by their ids, in the order in which they were posed. They belong to the
 * process and not to this module, since a checkpoint's cells load a copy of it.
 */
const posed = ofProcess<Map<string, Posed>>('streambook.exercises', () => new Map());

function ofProcess<T>(name: string, make: () => T): T {
  const holder = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(name);
  holder[key] ??= make();
  return holder[key];
}

/**
 * Poses an exercise. Posing it again forgets the answer that was given.
 *
 * ```ts
 * const sum = exercise('01.1', (add: (a: number, b: number) => number) => {
 *   assert.equal(add(1, 2), 3, 'the sum of 1 and 2 must be 3');
 * });
 * sum.answer((a, b) => a + b);
 * await check('01.1'); // ✓ 01.1
 * ```
 *
 * @param id - the chapter's number and the exercise's, as `02.1`
 * @param check - throws, or rejects, when the answer does not do what it should; the messages of its
 * assertions tell the reader what is missing
 */
export function exercise<A>(id: string, check: (answer: A) => void | Promise<void>): Exercise<A> {
  const own: Posed = { check: (answer) => check(answer as A), given: [] };
  posed.set(id, own);
  return {
    answer(answer) {
      own.given = [answer];
    },
  };
}

/**
 * Tells the reader, in one line, whether an exercise is done: `✓ 02.1`, or `✗ 02.1 is not done yet: …`
 * and what is missing. It never throws and returns nothing, because a notebook prints the value of a
 * cell's last line.
 *
 * @param id - the id under which the exercise was posed
 */
export async function check(id: string, options?: CheckOptions): Promise<void> {
  const checked = await checkAnswer(id, options);
  console.log(checked.done ? `✓ ${id}` : `✗ ${id} ${checked.message}`);
}

/** Finds what {@link check} prints. */
export async function checkAnswer(id: string, options: CheckOptions = {}): Promise<Checked> {
  const { timeoutMs = ANSWER_TIMEOUT_MS } = options;
  const found = posed.get(id);
  if (found === undefined) return { done: false, message: unknown() };
  if (found.given.length === 0) return notYet('it has no answer');
  const timeout = startTimeout(timeoutMs);
  // What an answer throws after its time is nobody's rejection any more.
  const outcome = outcomeOf(found).then((lack) => (lack === undefined ? DONE : notYet(lack)));
  try {
    return await Promise.race([outcome, timeout.passed]);
  } finally {
    timeout.clear();
  }
}

const DONE: Checked = { done: true };

/** @returns what is missing, if anything is */
async function outcomeOf({ check, given }: Posed): Promise<string | undefined> {
  try {
    await check(given[0]);
    return undefined;
  } catch (error) {
    return lackIn(error);
  }
}

function startTimeout(timeoutMs: number): { passed: Promise<Checked>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<Checked>((resolve) => {
    const seconds = timeoutMs / 1_000;
    const late = () => resolve(notYet(`your answer did not finish within ${seconds} s`));
    timer = setTimeout(late, timeoutMs);
  });
  return { passed, clear: () => clearTimeout(timer) };
}

function notYet(lack: string): Checked {
  return { done: false, message: `is not done yet: ${lack}` };
}

function unknown(): string {
  const ids = [...posed.keys()].join(', ');
  return ids === ''
    ? 'is not posed yet: run the cells above it'
    : `is no exercise that was posed; there are ${ids}`;
}
