/** What the tests do with items and with the wire. */
import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { summarizeHistory } from 'streambook/lab';
import { decodePayloadWire, encodePayloadWire } from 'streambook/workflow';
import { expect } from 'vitest';
import {
  POLL_UPDATE,
  type PollInput,
  type PollResult,
  PUBLISH_SIGNAL,
  type PublishEntry,
  type PublishInput,
} from '../../../src/stream/wire.js';
import type { Item, StreamClient } from './clients.js';

/** Decoded values without waiting between polls. */
export const eagerly = { resultType: true, pollCooldown: 0 } as const;

/** The first items; the reader leaves then, while the workflow goes on. */
export async function take<T>(items: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of items) if (taken.push(item) === count) break;
  return taken;
}

/** The values of the first items on all topics. */
export async function takeValues(stream: StreamClient, count: number, from = 0) {
  return values(await take(stream.subscribe([], from, eagerly), count));
}

/** Everything up to the end of the stream. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  return take(items, Number.POSITIVE_INFINITY);
}

/** What items carry. */
export function values<T>(items: Item<T>[]): T[] {
  return items.map(({ data }) => data);
}

/** 0, 1, 2, …; so many numbers. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

/** A value as it travels. */
export function entry(value: unknown, topic = 'a'): PublishEntry {
  return { topic, data: encodePayloadWire(defaultPayloadConverter.toPayload(value)) };
}

/** Sends a batch as a publisher would. */
export function send(handle: WorkflowHandle, sequence: number, ...items: unknown[]): Promise<void> {
  const batch = { items: items.map((it) => entry(it)), publisher_id: 'publisher', sequence };
  return handle.signal<[PublishInput]>(PUBLISH_SIGNAL, batch);
}

/** Polls as an official client does. */
export function poll(handle: WorkflowHandle, from: number, topics: string[] = []) {
  const input = { topics, from_offset: from };
  return handle.executeUpdate<PollResult, [PollInput]>(POLL_UPDATE, { args: [input] });
}

/** Resolves with a poll that waits in the workflow. */
export function parkedPoll(handle: WorkflowHandle, from: number) {
  return handle.startUpdate<PollResult, [PollInput]>(POLL_UPDATE, {
    args: [{ topics: [], from_offset: from }],
    waitForStage: 'ACCEPTED',
  });
}

/** The values that a poll returned. */
export function polled({ items }: PollResult): unknown[] {
  return items.map(({ data }) => defaultPayloadConverter.fromPayload(decodePayloadWire(data)));
}

/** How many events of a type the history has. */
export async function eventsOf(handle: WorkflowHandle, type: string): Promise<number> {
  return (await summarizeHistory(handle)).kinds[type] ?? 0;
}

/** Expects an update to fail in the workflow, and to leave the workflow as it was. */
export function expectFailure(update: Promise<unknown>, type: string): Promise<void> {
  return expect(update).rejects.toMatchObject({ cause: { type } });
}
