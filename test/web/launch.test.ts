import { ANSWER_TOPICS } from 'streambook/llm';
import { PIPELINE_TOPICS, STAGES } from 'streambook/pipeline';
import { describe, expect, test } from 'vitest';
import { describeKnobs } from '../../src/web/knob-info.ts';
import { inMilliseconds } from '../../src/web/knob-kinds.ts';
import { readKnobs } from '../../src/web/knobs.ts';
import { llmLauncher } from '../../src/web/launch-llm.ts';
import { openLaunchers } from '../../src/web/launchers.ts';
import { createRuns } from '../../src/web/runs.ts';
import { openBook, post } from './book-under-test.ts';

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

test.each([...launchers])('each knob of %s has a label, and limits', (_scenario, { knobs }) => {
  for (const knob of Object.values(describeKnobs(knobs))) {
    expect(knob.label).not.toBe('');
    if (knob.kind === 'number') expect(knob.max).toBeGreaterThan(knob.min);
    else if (knob.kind === 'text') expect(knob.maxLength).toBeGreaterThan(0);
    else expect(new Set(knob.options.map(({ name }) => name)).size).toBeGreaterThan(1);
  }
});

test.each([...launchers])('the defaults of %s are within their limits', (_scenario, { knobs }) => {
  const shown = Object.entries(describeKnobs(knobs)).map(([name, knob]) => [name, knob.default]);
  const defaults = Object.fromEntries(shown);
  expect(readKnobs(knobs, {})).toEqual(defaults);
  expect(readKnobs(knobs, defaults)).toEqual(defaults);
});

describe('a run at all limits of its knobs ends within its time: that of', () => {
  const most = (scenario: string, knob: string): number => {
    const info = describeKnobs(launchers.get(scenario)?.knobs ?? expect.unreachable())[knob];
    return info?.kind === 'number' ? info.max : Number.NaN;
  };

  test('a pipeline, in six stages', () => {
    expect(most('pipeline', 'pause') * STAGES.length).toBeLessThan(120);
  });

  test('a hub, in as many headlines as an agency has', () => {
    expect(most('hub', 'pause') * most('hub', 'headlines')).toBeLessThan(600);
  });

  test('a ticker, and its slow reader where nothing is forgotten, in thirty ticks', () => {
    expect(most('ticker', 'interval') * 30).toBeLessThan(120);
    expect(most('ticker', 'pause') * 30).toBeLessThanOrEqual(120);
  });
});

test('a prompt at its limit fits into a request, in any alphabet', async () => {
  const launcher = llmLauncher(() => undefined, {});
  const book = openBook({ launcher });
  const knobs = { prompt: '\u6f22'.repeat(1_000) };
  // It is as far as Temporal, which is not there.
  expect((await post(book, { scenario: 'order', knobs })).status).toBe(503);
  const longer = { prompt: `${knobs.prompt}.` };
  expect((await post(book, { scenario: 'order', knobs: longer })).status).toBe(400);
});

describe('the models that are offered', () => {
  const offeredFor = (env: NodeJS.ProcessEnv) => {
    const { model } = describeKnobs(llmLauncher(() => undefined, env).knobs);
    return model?.kind === 'choice' ? model.options : [];
  };
  const modelsFor = (env: NodeJS.ProcessEnv) => offeredFor(env).map(({ value }) => value);

  test('are scripts alone, without a key and without a server', () => {
    expect(modelsFor({ OPENAI_API_KEY: ' ' })).toEqual(['scripted', 'scripted:cut-once']);
  });

  test('begin with the default model, with a key', () => {
    expect(modelsFor({ OPENAI_API_KEY: 'sk-1' })?.[0]).toBe('gpt-5-mini');
  });

  test('begin with the one that the environment names', () => {
    const env = { OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', OPENAI_MODEL: 'qwen2.5:0.5b' };
    expect(modelsFor(env)?.[0]).toBe('qwen2.5:0.5b');
  });

  test('say of each script, and of nothing else, that what is asked makes no difference', () => {
    const offered = offeredFor({ OPENAI_API_KEY: 'sk-1', OPENAI_MODEL: 'scripted:fast' });
    expect(offered.map(({ value }) => value)).toContain('scripted:fast');
    for (const { note } of offered) expect(note).toContain('whatever you ask');
    expect(offeredFor({ OPENAI_API_KEY: 'sk-1' })[0]?.note).toBeUndefined();
  });

  test('never tell the key', () => {
    const { knobs } = llmLauncher(() => undefined, { OPENAI_API_KEY: 'sk-1' });
    expect(JSON.stringify(describeKnobs(knobs))).not.toContain('sk-1');
  });
});

test.each([
  [0, 0],
  [0.3, 300],
  [1.7, 1_700],
])('%f s are %i milliseconds', (seconds, expected) => {
  expect(inMilliseconds(seconds)).toBe(expected);
});
