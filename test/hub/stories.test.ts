import { agencies, MOST_AGENCIES, storyOf } from 'streambook/hub';
import { expect, test } from 'vitest';

test('agencies do not open with the same story, nor repeat themselves at once', () => {
  const first = agencies(MOST_AGENCIES).map((agency) => storyOf(agency, 1));
  expect(new Set(first).size).toBe(MOST_AGENCIES);
  expect(storyOf('north', 2)).not.toBe(storyOf('north', 1));
});

test('an agency that nobody has heard of has something to say, too', () => {
  expect(storyOf('elsewhere', 1_000)).toMatch(/\w/);
});
