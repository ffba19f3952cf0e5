import { describe, expect, test } from 'vitest';
import { waitAskedFor } from '../../src/llm/failures.ts';
import { chooseModel } from '../../src/llm/model.ts';
import { scriptedText, tokensOf } from '../../src/llm/scripted/text.ts';

describe('the model', () => {
  test('is a script where there is neither a key nor a server', async () => {
    expect(await chooseModel('gpt-5-mini', {})).toMatchObject({ name: 'scripted', scripted: true });
    const blank = { OPENAI_API_KEY: ' ', OPENAI_BASE_URL: '' };
    expect(await chooseModel('gpt-5-mini', blank)).toMatchObject({ scripted: true });
  });

  test('is a script when it is asked for by name, whatever the environment says', async () => {
    const model = await chooseModel('scripted:fast', { OPENAI_API_KEY: 'sk-1' });
    expect(model).toMatchObject({ name: 'scripted:fast', scripted: true });
    expect(model.openai.apiKey, 'a script needs no key').not.toBe('sk-1');
  });

  test('is one of OpenAI when there is only a key, and retries are left to the workflow', async () => {
    const { openai, ...model } = await chooseModel('gpt-5-mini', { OPENAI_API_KEY: ' sk-1\n' });
    expect(model).toMatchObject({ name: 'gpt-5-mini', scripted: false });
    expect(openai).toMatchObject({
      baseURL: 'https://api.openai.com/v1',
      apiKey: 'sk-1',
      maxRetries: 0,
    });
  });

  test('is one of another server when its address is given, with or without a key', async () => {
    const { openai, scripted } = await chooseModel('qwen2.5:0.5b', {
      OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1',
    });
    expect(openai.baseURL).toBe('http://127.0.0.1:11434/v1');
    expect(scripted).toBe(false);
  });

  test('is refused for good when the address is none', async () => {
    await expect(chooseModel('m', { OPENAI_BASE_URL: 'localhost' })).rejects.toMatchObject({
      type: 'BadBaseUrl',
      nonRetryable: true,
    });
  });
});

test('a server asks to wait for a number of seconds or until a date', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const asked = (value: string) => waitAskedFor(new Headers({ 'retry-after': value }), now);
  expect(asked('2')).toBe(2_000);
  expect(asked('0.5')).toBe(500);
  expect(asked('Thu, 01 Jan 2026 00:00:30 GMT')).toBe(30_000);
  expect(asked('Wed, 31 Dec 2025 23:59:00 GMT')).toBe(0);
  expect(asked('soon')).toBeUndefined();
  expect(waitAskedFor(undefined)).toBeUndefined();
});

describe('the script', () => {
  test('is about 500 words long', () => {
    const words = scriptedText('long', 1).split(/\s+/).length;
    expect(words).toBeGreaterThan(450);
    expect(words).toBeLessThan(550);
  });

  test('is cut into tokens without a loss', () => {
    const text = scriptedText('long', 3);
    expect(tokensOf(text).join('')).toBe(text);
  });
});
