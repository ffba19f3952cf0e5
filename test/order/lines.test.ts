import { describeEvent } from 'streambook/order';
import { expect, test } from 'vitest';

test('a line names the offset, the topic and what was said', () => {
  const status = { kind: 'shipped', orderId: '1' } as const;
  expect(describeEvent({ topic: 'status', data: status, offset: 4 })).toBe(' 4  status    shipped');
  const progress = { message: 'card charged' };
  expect(describeEvent({ topic: 'progress', data: progress, offset: 12 })).toBe(
    '12  progress  card charged',
  );
});
