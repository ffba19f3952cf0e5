/** A lighthouse over several volumes, with instruments that never pause and readers of three kinds. */
import type { Client } from '@temporalio/client';
import { WorkflowStreamClient } from 'streambook/client';
import { type Account, accountFor } from './account.js';
import type { Closed, Logbook, Volume } from './events.js';
import { INSTRUMENTS, reportSteadily } from './instruments.js';
import { readAttached, readInVisits, type Seen } from './readers.js';
import { closeLighthouse, startLighthouse } from './start.js';

/** How a watch is kept. */
export interface WatchOptions {
  /** How many volumes are begun before the instruments stop. */
  volumes: number;
  /** How many instruments report, up to six. */
  instruments: number;
  /** From one reading of an instrument to its next, in milliseconds. */
  pauseMs: number;
  options?: Logbook['options'];
  /** Is told of each volume, and of the offset at which it begins. */
  onVolume?: (volume: Volume, offset: number) => void;
  /** Stops the instruments early. */
  signal?: AbortSignal;
}

/** What came of it. */
export interface Watch extends Closed {
  workflowId: string;
  /** How many readings each instrument has published. */
  published: Record<string, number>;
  /** What the reader saw that was there all the time. */
  seen: Seen[];
  /** What each reader got. */
  readers: Record<'attached' | 'visiting' | 'away', Account>;
}

// #region keep-watch
/** Runs a lighthouse until it has begun so many volumes, and compares what was published with what was read. */
export async function keepWatch(client: Client, id: string, options: WatchOptions): Promise<Watch> {
  const lighthouse = await startLighthouse(client, id, options.options);
  const { workflowId } = lighthouse;
  const connect = () => WorkflowStreamClient.create(client, workflowId);
  const enough = new AbortController();
  const signals = options.signal ? [options.signal, enough.signal] : [enough.signal];
  const isOver = AbortSignal.any(signals);

  const attached = readAttached(connect(), (volume, offset) => {
    options.onVolume?.(volume, offset);
    if (volume.volume >= options.volumes) enough.abort();
  });
  // Also when the lighthouse is gone, there is nobody to report to.
  void attached.finally(() => enough.abort()).catch(() => {});
  const visiting = readInVisits(connect, () => isOver.aborted);
  // Reads one item, and the next one when everything is over.
  const away = connect().subscribe();
  const first = await away.next();
  const names = INSTRUMENTS.slice(0, options.instruments);
  const counts = await Promise.all(
    names.map((name) => reportSteadily(client, workflowId, name, options.pauseMs, isOver)),
  );
  const closed = await closeLighthouse(lighthouse);

  const late: number[] = first.done ? [] : [first.value.offset];
  for await (const { offset } of away) late.push(offset);
  const seen = await attached;
  const account = (items: Seen[]): Account =>
    accountFor(
      items.map(({ offset }) => offset),
      closed.next,
    );
  return {
    ...closed,
    workflowId,
    published: Object.fromEntries(names.map((name, index) => [name, counts[index] ?? 0])),
    seen,
    readers: {
      attached: account(seen),
      visiting: account(await visiting),
      away: accountFor(late, closed.next),
    },
  };
}
// #endregion keep-watch
