import { describeAudit, describeFlood, describeHeadline } from 'streambook/hub';
import { expect, test } from 'vitest';

test('a line names the offset, the agency, its number and the news', () => {
  const data = { agency: 'north', number: 3, text: 'Fog lifts' };
  const line = describeHeadline({ topic: 'headlines', offset: 12, data });
  expect(line).toBe(' 12  north      3  Fog lifts');
});

test('a result says that all is well, or what is not', () => {
  const sound = { published: 2, received: 2, missing: [], doubled: [] };
  expect(describeAudit(sound)).toBe('published 2, received 2; none is missing, none came twice');
  const flawed = {
    published: 3,
    received: 3,
    missing: ['east 1'],
    doubled: ['north 1', 'north 2'],
  };
  expect(describeAudit(flawed)).toBe(
    'published 3, received 3; missing: east 1, twice: north 1, north 2',
  );
});

test('a flood is told in one line, and why it was refused in a second', () => {
  const taken = { published: 500, mostWaiting: 44, signals: 12 };
  expect(describeFlood('ready', taken)).toBe(
    'await ready   500 published, at most 44 of them in memory, 12 signals',
  );
  const refused = { published: 43, mostWaiting: 43, signals: 1, refusal: 'Full.' };
  expect(describeFlood('maxBuffered', refused)).toBe(
    'maxBuffered    43 published, at most 43 of them in memory, 1 signal\n             Full.',
  );
});
