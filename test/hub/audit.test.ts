import { audit, type Headline } from 'streambook/hub';
import { expect, test } from 'vitest';

const headline = (agency: string, number: number): Headline => ({ agency, number, text: '' });

test('finds nothing wrong when each headline came once, in whatever order', () => {
  const received = [headline('east', 1), headline('north', 2), headline('north', 1)];
  expect(audit({ north: 2, east: 1 }, received)).toEqual({
    published: 3,
    received: 3,
    missing: [],
    doubled: [],
  });
});

test('names what is missing and what came twice', () => {
  const received = [headline('north', 1), headline('north', 3), headline('north', 1)];
  expect(audit({ north: 3, east: 1 }, received)).toEqual({
    published: 4,
    received: 3,
    missing: ['north 2', 'east 1'],
    doubled: ['north 1'],
  });
});
