import { describe, expect, test } from 'vitest';
import { mistakesIn } from '../../src/book/config.ts';

const SOUND = {
  title: 'Book',
  subtitle: 'of tests',
  parts: [{ title: 'One', chapters: [{ slug: '01-first', title: 'First' }] }],
  scenarios: ['order'],
};

describe('the configuration of a book', () => {
  test('has no mistakes when it is complete, with and without a repository', () => {
    expect(mistakesIn(SOUND)).toEqual([]);
    expect(mistakesIn({ ...SOUND, repository: { files: 'https://host/tree' } })).toEqual([]);
  });

  test('is told every field that is missing at once', () => {
    expect(mistakesIn({})).toEqual([
      '`title` must be a text',
      '`subtitle` must be a text',
      '`scenarios` must be a list of names',
      '`parts` must be a list',
    ]);
  });

  test('takes a command for each recording, and refuses one without a chapter’s number', () => {
    const recordings = { '01-order': 'node record.js' };
    expect(mistakesIn({ ...SOUND, recordings })).toEqual([]);
    const mistake = '`recordings` must have a command for each name such as "01-order"';
    expect(mistakesIn({ ...SOUND, recordings: { order: 'node x.js' } })).toEqual([mistake]);
    expect(mistakesIn({ ...SOUND, recordings: { '01-order': '' } })).toEqual([mistake]);
  });

  test('refuses a slug that does not begin with the number of the chapter', () => {
    const parts = [{ title: 'One', chapters: [{ slug: 'first', title: 'First' }] }];
    expect(mistakesIn({ ...SOUND, parts })).toEqual([
      'chapter {"slug":"first","title":"First"} must have a `title` and a `slug` such as "01-order"',
    ]);
  });

  test('refuses a chapter that is listed twice', () => {
    const parts = [...SOUND.parts, ...SOUND.parts];
    expect(mistakesIn({ ...SOUND, parts })).toEqual(['chapter "01-first" is listed twice']);
  });
});
