import fc from 'fast-check';
import { accountFor } from 'streambook/rollover';
import { expect, test } from 'vitest';
import { upTo } from '../support/offsets.js';

test.each([
  [[0, 1, 2, 3], { items: 4, missing: 0, repeated: 0 }],
  [[0, 3], { items: 2, missing: 2, repeated: 0 }],
  [[0, 1], { items: 2, missing: 2, repeated: 0 }],
  [[2, 3], { items: 2, missing: 2, repeated: 0 }],
  [[0, 1, 1, 2, 3], { items: 5, missing: 0, repeated: 1 }],
  [[0, 2, 1, 3], { items: 4, missing: 1, repeated: 1 }],
  [[], { items: 0, missing: 4, repeated: 0 }],
])('of the offsets 0 to 3, %j is %j', (offsets, account) => {
  expect(accountFor(offsets, 4)).toEqual(account);
});

test('leaving some out is counted as so many missing', () => {
  const law = fc.property(fc.subarray(upTo(30)), (offsets) => {
    const account = { items: offsets.length, missing: 30 - offsets.length, repeated: 0 };
    expect(accountFor(offsets, 30)).toEqual(account);
  });
  fc.assert(law);
});
