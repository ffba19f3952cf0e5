import { ANSWER_TOPICS } from 'streambook/llm';
import { PIPELINE_TOPICS } from 'streambook/pipeline';
import { describe, expect, test } from 'vitest';
import { millisecondsOf } from '../../src/web/knobs.ts';
import { llmLauncher } from '../../src/web/launch-llm.ts';
import { openLaunchers } from '../../src/web/launchers.ts';
import { createRuns } from '../../src/web/runs.ts';

const launchers = openLaunchers(
  () => undefined,
  () => {},
);

test('the scenarios are offered in the order of the book', () => {
  expect([...launchers.keys()]).toEqual(['order', 'pipeline', 'hub', 'ticker', 'llm']);
});

test('a panel shows all topics of its stream', () => {
  const topics = (scenario: string) => [...(launchers.get(scenario)?.topics ?? [])].sort();
  expect(topics('pipeline')).toEqual([...PIPELINE_TOPICS].sort());
  expect(topics('llm')).toEqual([...ANSWER_TOPICS].sort());
});

test.each([...launchers])('%s cannot be started before Temporal answers', async (scenario) => {
  const runs = createRuns({ launchers });
  await expect(runs.start(scenario, {})).rejects.toMatchObject({ status: 503, type: 'NotReady' });
});

test.each([...launchers])('each knob of %s has a label and a choice', (_scenario, { knobs }) => {
  for (const { label, values } of Object.values(knobs)) {
    expect(label).not.toBe('');
    expect(values.length).toBeGreaterThan(1);
    expect(new Set(values).size).toBe(values.length);
  }
});

describe('the models that are offered', () => {
  const modelsFor = (env: NodeJS.ProcessEnv) =>
    llmLauncher(() => undefined, env).knobs.model?.values;

  test('are scripts alone, without a key and without a server', () => {
    expect(modelsFor({ OPENAI_API_KEY: ' ' })).toEqual(['scripted', 'scripted, cut off once']);
  });

  test('begin with the default model, with a key', () => {
    expect(modelsFor({ OPENAI_API_KEY: 'sk-1' })?.[0]).toBe('gpt-5-mini');
  });

  test('begin with the one that the environment names', () => {
    const env = { OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', OPENAI_MODEL: 'qwen2.5:0.5b' };
    expect(modelsFor(env)?.[0]).toBe('qwen2.5:0.5b');
  });

  test('never tell the key', () => {
    const offered = JSON.stringify(llmLauncher(() => undefined, { OPENAI_API_KEY: 'sk-1' }));
    expect(offered).not.toContain('sk-1');
  });
});

test.each([
  ['0 s', 0],
  ['0.4 s', 400],
  ['1.5 s', 1_500],
] as const)('%s is %i milliseconds', (value, expected) => {
  expect(millisecondsOf(value)).toBe(expected);
});
