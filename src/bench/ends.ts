/** The client's end of a stream, of each side: what a measure publishes with and reads from. */
import { Client } from '@temporalio/client';
import type { Duration } from '@temporalio/common/lib/time.js';
import * as official from '@temporalio/workflow-streams/client';
import { StreamRelay, type SubscribeOptions, WorkflowStreamClient } from 'streambook/client';
import { openBareEnd } from './bare.js';
import { TOPIC } from './hosts/names.js';
import type { SideName } from './sides.js';

/** How a stream is opened. */
export interface EndOptions {
  client: Client;
  workflowId: string;
  /** Stops readers that can be stopped. */
  signal: AbortSignal;
  /** @defaultValue the side's own */
  batchInterval?: Duration;
}

/** One client of one stream. */
export interface End {
  /** Takes a value to be sent. @param now - whether to send it at once */
  publish(value: unknown, now: boolean): void;
  /** Resolves when the server has everything. */
  flush(): Promise<void>;
  /** Yields values from an offset on; each call is a reader of its own. */
  read(from: number): AsyncIterable<unknown>;
  /** How many values the workflow has. */
  length(): Promise<number>;
  /** Gives up what is not sent. */
  close(): Promise<void>;
}

/** Opens the client's end of a stream. */
export function openEnd(side: SideName, options: EndOptions): End {
  switch (side) {
    case 'ours':
      return openOurs(options);
    case 'ours-tuned':
      return openOurs(options, { wait: 'update' });
    case 'ours-apart':
      return openApart(options);
    case 'relay':
      return openRelay(options);
    case 'official':
      return openOfficial(options);
    case 'official-tuned':
      return openOfficial(options, { pollCooldown: 0 });
    case 'bare-query':
    case 'bare-update':
      return openBareEnd(side, options);
  }
}

function openOurs(options: EndOptions, reading: SubscribeOptions = {}): End {
  const { client, workflowId, signal, batchInterval } = options;
  const stream = WorkflowStreamClient.create(client, workflowId, {
    ...(batchInterval !== undefined && { batchInterval }),
  });
  const topic = stream.topic(TOPIC);
  return {
    publish: (value, now) => topic.publish(value, { forceFlush: now }),
    flush: () => stream.flush(),
    read: (from) => values(topic.subscribe(from, { ...reading, signal })),
    length: () => stream.getOffset(),
    close: () => stream[Symbol.asyncDispose](),
  };
}

/** Readers of one client share their calls; these cannot. */
function openApart(options: EndOptions): End {
  const { connection, options: settings } = options.client;
  const read = (from: number) => {
    const client = new Client({ connection, namespace: settings.namespace });
    return openOurs({ ...options, client }).read(from);
  };
  return { ...openOurs(options), read };
}

function openRelay(options: EndOptions): End {
  const { client, workflowId, signal } = options;
  const relay = new StreamRelay(WorkflowStreamClient.create(client, workflowId));
  const read = (from: number) =>
    values(relay.subscribe<unknown>(TOPIC, from, { resultType: true, signal }));
  return { ...openOurs(options), read };
}

function openOfficial(
  { client, workflowId, batchInterval }: EndOptions,
  reading: official.SubscribeOptions = {},
): End {
  const stream = official.WorkflowStreamClient.create(client, workflowId, {
    ...(batchInterval !== undefined && { batchInterval }),
  });
  const topic = stream.topic(TOPIC);
  return {
    publish: (value, now) => topic.publish(value, { forceFlush: now }),
    flush: () => stream.flush(),
    read: (from) => values(topic.subscribe(from, reading)),
    length: () => stream.getOffset(),
    close: () => stream[Symbol.asyncDispose](),
  };
}

async function* values(items: AsyncIterable<{ data: unknown }>): AsyncGenerator<unknown> {
  for await (const { data } of items) yield data;
}
