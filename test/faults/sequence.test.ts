import { expect, test } from 'vitest';
import { firstFlaw, numbered } from './sequence.ts';

/** Items as `anna0 ben0 anna1`, with offsets from 0 on unless they say another one: `7:anna0`. */
function items(text: string) {
  return text.split(' ').map((word, index) => {
    const [, offset = index, publisher = '', n] = word.match(/^(?:(\d+):)?([a-z]+)(\d+)$/) ?? [];
    return { topic: publisher, offset: Number(offset), data: numbered(publisher, Number(n)) };
  });
}
const expected = { anna: 2, ben: 1 };

test.each(['anna0 anna1 ben0', 'anna0 ben0 anna1', 'ben0 anna0 anna1'])(
  '%s has no flaw: each publisher has its own order only',
  (text) => {
    expect(firstFlaw(items(text), expected)).toBeUndefined();
  },
);

test.each([
  ['anna0 ben0 3:anna1', 'Offset 3 came where 2 was due.'],
  ['anna0 ben0 1:anna1', 'Offset 1 came where 2 was due.'],
  ['anna1 anna0 ben0', 'At offset 0, item 1 of anna came where 0 was due.'],
  ['anna0 anna0 anna1 ben0', 'At offset 1, item 0 of anna came where 1 was due.'],
  ['anna0 carl0', 'At offset 1, item 0 of carl came where undefined was due.'],
  ['anna0 anna1', 'Of ben, 0 of 1 items came.'],
  ['anna0 anna1 ben0 anna2', 'Of anna, 3 of 2 items came.'],
])('%s: %s', (text, flaw) => {
  expect(firstFlaw(items(text), expected)).toBe(flaw);
});
