import type { StandardSchemaV1 } from '@standard-schema/spec';
import { describe, expect, test } from 'vitest';
import { check, Topics } from '../../src/stream/schema.js';

type Validate<T> = StandardSchemaV1.Props<T, T>['validate'];

/** A schema as a library would make it. */
function schemaOf<T>(validate: Validate<T>): StandardSchemaV1<T, T> {
  return { '~standard': { version: 1, vendor: 'test', validate } };
}

describe('a value', () => {
  test('becomes what the schema makes of it', () => {
    const trimmed = schemaOf<string>((value) => ({ value: String(value).trim() }));
    expect(check(trimmed, ' a ')).toEqual({ value: 'a' });
  });

  test('may be undefined', () => {
    const optional = schemaOf<undefined>(() => ({ value: undefined }));
    expect('value' in check(optional, undefined)).toBe(true);
  });

  test('that is not valid is told about with every place and problem', () => {
    const never = schemaOf<never>(() => ({
      issues: [
        { message: 'is missing', path: ['orders', { key: 0 }, Symbol.for('id')] },
        { message: 'is odd', path: [] },
        { message: 'is all wrong' },
      ],
    }));
    expect(check(never, {})).toEqual({
      problem: 'orders.0.Symbol(id): is missing; is odd; is all wrong',
    });
  });

  test('is never checked by a schema that answers later', () => {
    const later = schemaOf<unknown>(async (value) => ({ value }));
    expect(() => check(later, 1)).toThrow(/asynchronous/);
  });
});

describe('topics', () => {
  const [one, other] = [{}, {}];

  test('have one handle each, whatever their names', () => {
    const topics = new Topics<{ schema?: unknown }>();
    const make = () => ({ schema: one });
    const handle = topics.get('__proto__', one, make);
    expect(topics.get('__proto__', one, make)).toBe(handle);
    expect(topics.get('__proto__', undefined, make)).toBe(handle);
    expect(topics.get('constructor', one, make)).not.toBe(handle);
  });

  test.each([
    ['another schema', one],
    ['none', undefined],
  ])('refuse a schema when they were made with %s before', (_, schema) => {
    const topics = new Topics<{ schema?: unknown }>();
    topics.get('a', schema, () => ({ schema }));
    expect(() => topics.get('a', other, () => ({ schema: other }))).toThrow(TypeError);
  });
});
