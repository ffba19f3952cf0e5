import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { describeKnobs } from '../../src/web/knob-info.ts';
import { choice, count, seconds, text } from '../../src/web/knob-kinds.ts';
import { type KnobSchema, readKnobs, readMoves } from '../../src/web/knobs.ts';

const presets = { short: 'Say yes.' };
const SCHEMA = z.strictObject({
  keepLast: count({ label: 'keep last', min: 1, max: 30, default: 2, hint: 'ticks', isLive: true }),
  pause: seconds({ label: 'pause', min: 0, max: 4, default: 1.5 }),
  model: choice(['a', 'b'], { label: 'model', names: { b: 'Bee' }, notes: { a: 'slow' } }),
  prompt: text({ label: 'prompt', max: 10, default: 'Say yes.', presets }),
});
const DEFAULTS = { keepLast: 2, pause: 1.5, model: 'a', prompt: 'Say yes.' };

describe('what a browser has sent', () => {
  test('is filled up with the defaults', () => {
    expect(readKnobs(SCHEMA, {})).toEqual(DEFAULTS);
    expect(readKnobs(SCHEMA, { pause: 0.3 })).toEqual({ ...DEFAULTS, pause: 0.3 });
  });

  test('may go as far as both limits', () => {
    const least = { keepLast: 1, pause: 0, model: 'b', prompt: 'x' };
    const most = { keepLast: 30, pause: 4, model: 'b', prompt: 'x'.repeat(10) };
    expect(readKnobs(SCHEMA, least)).toEqual(least);
    expect(readKnobs(SCHEMA, most)).toEqual(most);
  });

  test.each([
    [{ keepLast: 0 }, 'The knob keepLast must be a whole number from 1 to 30.'],
    [{ keepLast: 31 }, 'The knob keepLast must be a whole number from 1 to 30.'],
    [{ keepLast: 1.5 }, 'The knob keepLast must be a whole number from 1 to 30.'],
    [{ keepLast: '2' }, 'The knob keepLast must be a whole number from 1 to 30.'],
    [{ keepLast: null }, 'The knob keepLast must be a whole number from 1 to 30.'],
    [{ pause: -0.1 }, 'The knob pause must be a number from 0 to 4 s, in steps of 0.1.'],
    [{ pause: 4.1 }, 'The knob pause must be a number from 0 to 4 s, in steps of 0.1.'],
    [{ pause: 0.35 }, 'The knob pause must be a number from 0 to 4 s, in steps of 0.1.'],
    [{ model: 'c' }, 'The knob model must be one of: a, b.'],
    [{ model: ['a'] }, 'The knob model must be one of: a, b.'],
    [{ prompt: ' \n ' }, 'The knob prompt must be a text of 1 to 10 characters.'],
    [{ prompt: 'x'.repeat(11) }, 'The knob prompt must be a text of 1 to 10 characters.'],
    [{ workflowId: 'x' }, "This scenario's knobs are: keepLast, pause, model, prompt."],
    [
      JSON.parse('{"__proto__": {"pause": 0}}'),
      "This scenario's knobs are: keepLast, pause, model, prompt.",
    ],
    ['2', 'The knobs must be an object of names and values.'],
    [[2], 'The knobs must be an object of names and values.'],
    [null, 'The knobs must be an object of names and values.'],
  ])('is refused by the knob and its limits: %j', (sent, message) => {
    expect(() => readKnobs(SCHEMA, sent)).toThrow(
      expect.objectContaining({ type: 'BadKnob', status: 400, message }),
    );
  });

  test('cannot be checked by a schema that answers later', () => {
    const later: KnobSchema = {
      '~standard': {
        ...SCHEMA['~standard'],
        validate: async (value) => ({ value: value as never }),
      },
    };
    expect(() => readKnobs(later, {})).toThrow(TypeError);
  });
});

describe('what is to move while a run goes on', () => {
  test('is what was sent, and nothing else', () => {
    expect(readMoves(SCHEMA, DEFAULTS, { keepLast: 5 })).toEqual({ keepLast: 5 });
  });

  test.each([
    ['a knob that stays as it is', { keepLast: 5, pause: 1 }],
    ['a knob that there is not', { speed: 1 }],
    ['nothing', {}],
    ['no object', null],
    ['a list', [5]],
  ])('cannot be %s', (_what, sent) => {
    const message = 'The knobs that move while this scenario runs: keepLast.';
    expect(() => readMoves(SCHEMA, DEFAULTS, sent)).toThrow(
      expect.objectContaining({ type: 'BadKnob', message }),
    );
  });

  test('has the limits that it has at the start', () => {
    expect(() => readMoves(SCHEMA, DEFAULTS, { keepLast: 31 })).toThrow('from 1 to 30');
  });
});

test('a page is told of each knob what the schema checks', () => {
  expect(describeKnobs(SCHEMA)).toEqual({
    keepLast: {
      kind: 'number',
      label: 'keep last',
      isLive: true,
      default: 2,
      min: 1,
      max: 30,
      step: 1,
      hint: 'ticks',
    },
    pause: {
      kind: 'number',
      label: 'pause',
      isLive: false,
      default: 1.5,
      min: 0,
      max: 4,
      step: 0.1,
      unit: 's',
    },
    model: {
      kind: 'choice',
      label: 'model',
      isLive: false,
      default: 'a',
      options: [
        { value: 'a', name: 'a', note: 'slow' },
        { value: 'b', name: 'Bee' },
      ],
    },
    prompt: {
      kind: 'text',
      label: 'prompt',
      isLive: false,
      default: 'Say yes.',
      maxLength: 10,
      presets,
    },
  });
});
