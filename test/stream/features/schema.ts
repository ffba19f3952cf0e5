import type { StandardSchemaV1 } from '@standard-schema/spec';

/** A schema as any library makes one: numbers above 0. */
export const positive: StandardSchemaV1<number, number> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) =>
      typeof value === 'number' && value > 0
        ? { value }
        : { issues: [{ message: 'must be a number above 0' }] },
  },
};
