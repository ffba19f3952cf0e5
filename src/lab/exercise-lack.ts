import type { AssertionError } from 'node:assert';
import { inspect } from 'node:util';
import { reasonOf } from './errors.js';

/** Longest value that is shown whole, in characters: the line is to be read at a glance. */
const VALUE_MAX_LENGTH = 120;

/**
 * What is missing, as the error tells that a check of an exercise threw: the words of an assertion
 * that has some, the two values of one that has not, and the title of any other error.
 *
 * @returns one line
 */
export function lackIn(error: unknown): string {
  if (!isAssertion(error)) return `your answer threw ${titleOf(error)}`;
  if (error.generatedMessage && COMPARISONS.has(error.operator)) {
    return `expected ${shown(error.expected)}, got ${shown(error.actual)}`;
  }
  // Some versions of Node put a diff behind the words of the check's author, which are one line.
  const [words] = error.generatedMessage ? [error] : error.message.split('\n');
  return reasonOf(words);
}

/** Assertions whose own message is a diff of many lines. */
const COMPARISONS = new Set(['==', 'strictEqual', 'deepEqual', 'deepStrictEqual']);

/** By its code, since an assertion may come from another copy of the module, as in a notebook's kernel. */
function isAssertion(error: unknown): error is AssertionError {
  return error instanceof Error && 'code' in error && error.code === 'ERR_ASSERTION';
}

function titleOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${reasonOf(error)}` : shown(error);
}

function shown(value: unknown): string {
  const text = inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 4 });
  return text.length <= VALUE_MAX_LENGTH ? text : `${text.slice(0, VALUE_MAX_LENGTH)}…`;
}
