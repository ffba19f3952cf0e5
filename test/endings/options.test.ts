import { type Ending, shipmentInput } from 'streambook/endings';
import { expect, test } from 'vitest';

test.each<[number, Ending, string]>([
  [1, { by: 'return' }, 'notices must be a whole number from 2 to 10000, not 1.'],
  [2.5, { by: 'drain' }, 'notices must be a whole number from 2 to 10000, not 2.5.'],
  [10, { by: 'sleep', ms: 0 }, 'ms must be a whole number from 1 to 60000, not 0.'],
  [10, { by: 'ack', readers: 0, ms: 9 }, 'readers must be a whole number from 1 to 100, not 0.'],
  [
    10,
    { by: 'ack', readers: 1, ms: 1e6 },
    'ms must be a whole number from 1 to 60000, not 1000000.',
  ],
])('refuses %d notices with the ending %j', (notices, ending, message) => {
  expect(() => shipmentInput({ notices, ending })).toThrow(new RangeError(message));
});

test('takes what makes sense as it is', () => {
  const input = { notices: 2, ending: { by: 'ack', readers: 100, ms: 60_000 } } as const;
  expect(shipmentInput(input)).toBe(input);
});
