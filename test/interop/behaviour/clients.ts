/** The two clients as the suite uses them: by what they share. */
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import type { Duration } from '@temporalio/common/lib/time.js';
import { WorkflowStreamClient as OfficialClient } from '@temporalio/workflow-streams/client';
import { WorkflowStreamClient as OurClient } from 'streambook/client';

/** An item as a reader gets it. */
export interface Item<T = Payload> {
  topic: string;
  data: T;
  offset: number;
}

interface Reading {
  pollCooldown?: Duration;
}

interface Publishing {
  batchInterval?: Duration;
  maxBatchSize?: number;
  maxRetryDuration?: Duration;
}

/** A topic of either client. */
export interface StreamTopic<T> {
  readonly name: string;
  publish(value: T | Payload, options?: { forceFlush?: boolean }): void;
  subscribe(from?: number, options?: Reading): AsyncGenerator<Item<T>, void, unknown>;
}

/** Either client. */
export interface StreamClient extends AsyncDisposable {
  topic<T = unknown>(name: string): StreamTopic<T>;
  subscribe(
    topics?: string | string[],
    from?: number,
    options?: Reading,
  ): AsyncGenerator<Item, void, unknown>;
  subscribe<T>(
    topics: string | string[] | undefined,
    from: number,
    options: Reading & { resultType: true },
  ): AsyncGenerator<Item<T>, void, unknown>;
  flush(): Promise<void>;
  getOffset(): Promise<number>;
}

/** The class of either client. */
export interface StreamClientClass {
  new (handle: WorkflowHandle, options?: Publishing): StreamClient;
  create(client: Client, workflowId: string, options?: Publishing): StreamClient;
  fromWithinActivity(options?: Publishing): StreamClient;
}

/** Who wrote it. */
export type Maker = 'ours' | 'official';

/** The clients by their makers. */
export const clients: Record<Maker, StreamClientClass> = {
  ours: OurClient,
  official: OfficialClient,
};
