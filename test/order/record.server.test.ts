import { spawn } from 'node:child_process';
import { WorkflowStreamClient } from 'streambook/client';
import { recordingOf, stateAt } from 'streambook/draw';
import { openLab, record } from 'streambook/lab';
import { describeEvent, type Progress, type Status, startOrder } from 'streambook/order';
import { expect, test } from 'vitest';
import { compiled } from '../../src/lab/clone.ts';
import { finished } from '../support/command.ts';

test('a recording of an order holds what its readers saw, in the order in which it happened', async () => {
  await using lab = await openLab('order');
  const order = await startOrder(lab.client, crypto.randomUUID());
  const recorder = record<Status | Progress>(order, {
    title: 'An order',
    on: 'a test',
    topics: ['status', 'progress'],
    readers: ['customer'],
    participants: ['customer', 'order', 'chargeCard'],
    host: 'order',
    starter: 'customer',
    textOf: describeEvent,
  });
  const stream = WorkflowStreamClient.create(lab.client, order.workflowId);
  const topics = ['status', 'progress'];
  const read = () => stream.subscribe<Status | Progress>(topics, 0, { resultType: true });
  const seen: string[] = [];
  for await (const item of recorder.hear('customer', read())) seen.push(describeEvent(item));
  const recording = recordingOf(await recorder.finish());

  const { events, messages, spans } = recording;
  const appended = events.filter((event) => event.kind === 'append');
  expect(appended.map(({ text }) => text)).toEqual(seen);
  expect(seen).toHaveLength(6);
  for (const { offset, at } of appended) {
    const received = events.find((event) => event.kind === 'receive' && event.offset === offset);
    expect(received?.at).toBeGreaterThanOrEqual(at);
  }
  // The workflow says "received" in the task in which it asks for the payment.
  const asked = messages.find(({ text }) => text === 'schedule');
  expect(Math.abs((appended[0]?.at ?? 0) - (asked?.at ?? 0))).toBeLessThanOrEqual(1);
  expect(messages.map(({ from, to, text }) => `${from} → ${to}: ${text}`)).toEqual([
    'customer → order: start',
    'order → chargeCard: schedule',
    'chargeCard → order: publish progress',
    'chargeCard → order: publish progress',
    'chargeCard → order: result',
  ]);
  const payment = spans.find(({ who }) => who === 'chargeCard');
  expect((payment?.to ?? 0) - (payment?.from ?? 0)).toBeGreaterThanOrEqual(990);
  expect(stateAt(recording, asked?.at ?? 0).items.map(({ offset }) => offset)).toEqual([0]);
});

test('the command prints a recording that is sound', async () => {
  const { code, out, err } = await finished(
    spawn(process.execPath, [compiled('order', 'record.js')]),
  );
  expect(code, err).toBe(0);
  const { title, on, events } = recordingOf(JSON.parse(out));
  expect(title).toBe('An order whose card is charged');
  expect(on).toMatch(/^Temporal server \d/);
  expect(events.filter(({ kind }) => kind === 'receive')).toHaveLength(6);
});
