import { checkQuestion, DEFAULT_MODEL, DEFAULT_PROMPT, MAX_PROMPT_LENGTH } from 'streambook/llm';
import { describe, expect, test } from 'vitest';
import { readOptions } from '../../src/llm/options.ts';

describe('the command line', () => {
  test('asks for the comparison, from the default model, when it says nothing', () => {
    expect(readOptions([])).toEqual({ prompt: DEFAULT_PROMPT, model: DEFAULT_MODEL });
  });

  test.each([
    ['3s', 3_000],
    ['500ms', 500],
    ['1.5s', 1_500],
    ['1m', 60_000],
    ['0s', 0],
  ])('reads --kill-after %s', (text, ms) => {
    expect(readOptions(['--kill-after', text]).killAfterMs).toBe(ms);
  });

  test.each(['3', '-1s', 's', '1h', '6m', '', '3 s'])('refuses --kill-after "%s"', (text) => {
    expect(() => readOptions([`--kill-after=${text}`])).toThrow(/takes a duration/);
  });

  test('refuses what it does not know', () => {
    expect(() => readOptions(['--fast'])).toThrow(/Unknown option/);
    expect(() => readOptions(['question'])).toThrow(/positional/);
  });
});

describe('a question', () => {
  test('has a prompt that is neither empty nor endless', () => {
    expect(() => checkQuestion(' \n', 'm')).toThrow(/is empty/);
    expect(() => checkQuestion('x'.repeat(MAX_PROMPT_LENGTH + 1), 'm')).toThrow(/is the most/);
    expect(() => checkQuestion('x'.repeat(MAX_PROMPT_LENGTH), 'm')).not.toThrow();
  });

  test('goes to a model whose name is one word of letters, digits and signs', () => {
    for (const name of ['gpt-5-mini', 'qwen2.5:0.5b', 'models/tiny.gguf', 'scripted:fast,cut']) {
      expect(() => checkQuestion('x', name)).not.toThrow();
    }
    for (const name of ['', 'two words', 'a\nb', '\u001b[2J', 'é', 'm'.repeat(201)]) {
      expect(() => checkQuestion('x', name), name).toThrow(/model's name/);
    }
  });
});
