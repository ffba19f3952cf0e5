import type { WorkflowSignalInput } from '@temporalio/client';
import { losingAnswers, slowLink } from 'streambook/hub';
import { expect, test, vi } from 'vitest';

const input = { args: [{ items: ['a', 'b'], publisher_id: 'p', sequence: 1 }] };
const signalThrough = ({ signal }: ReturnType<typeof slowLink>, next: () => Promise<void>) =>
  signal?.(input as unknown as WorkflowSignalInput, next);

test('a link that loses answers lets every signal pass, and fails every other one', async () => {
  const next = vi.fn(async () => {});
  const onLost = vi.fn();
  const link = losingAnswers(onLost);
  await expect(signalThrough(link, next)).rejects.toThrow(/before the answer came/);
  await signalThrough(link, next);
  await expect(signalThrough(link, next)).rejects.toThrow(/before the answer came/);
  expect(next).toHaveBeenCalledTimes(3);
  expect(onLost).toHaveBeenCalledTimes(2);
});

test('a link that loses answers leaves a real failure as it is', async () => {
  const next = () => Promise.reject(new Error('no such workflow'));
  await expect(signalThrough(losingAnswers(), next)).rejects.toThrow('no such workflow');
});

test('a slow link tells of a batch when it has arrived', async () => {
  const onArrival = vi.fn();
  const next = async () => expect(onArrival).not.toHaveBeenCalled();
  await signalThrough(slowLink(1, onArrival), next);
  expect(onArrival).toHaveBeenCalledWith(input.args[0]);
});
