import { randomBytes } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { type Subscription, WorkflowStreamClient } from 'streambook/client';
import { FATE_SIGNAL, type Fate, NEWS } from './events.js';
import { resetTo } from './reset.js';
import { startParcel } from './start.js';
import type { parcel } from './workflow.js';

type Parcel = WorkflowHandle<typeof parcel>;

/** Shorter than anybody waits, and longer than a worker needs to begin; in milliseconds. */
const TIMEOUT_MS = 2_000;

const tell = (run: Parcel, fate: Fate) => run.signal<[Fate]>(FATE_SIGNAL, fate);

// #region fates
/** The ways in which a parcel's workflow can end, and how to bring each of them about. */
export const FATES: Readonly<Record<string, (run: Parcel) => Promise<unknown>>> = {
  completed: (run) => tell(run, 'delivered'),
  failed: (run) => tell(run, 'lost'),
  cancelled: (run) => run.cancel(),
  terminated: (run) => run.terminate('by hand'),
  // Its two seconds pass by themselves.
  'timed out': async () => {},
  'continued as new': (run) => tell(run, 'relayed'),
  async reset(run) {
    await tell(run, 'held');
    await resetTo(run, 2);
    await tell(run, 'delivered');
  },
};
// #endregion fates

/** What a reader of a parcel was told. */
export interface Told {
  /** The text of each item. */
  news: string[];
  /** What the subscription says at its end. */
  status: Subscription<string>['status'];
}

/** Lets a parcel end in one of those ways, while a reader waits for its news. */
export async function tellFate(client: Client, fate: string): Promise<Told> {
  const bringAbout = FATES[fate];
  if (!bringAbout) {
    throw new RangeError(
      `There is no fate "${fate}". There are: ${Object.keys(FATES).join(', ')}.`,
    );
  }
  const timeout = fate === 'timed out' ? TIMEOUT_MS : undefined;
  const run = await startParcel(client, randomBytes(4).toString('hex'), timeout);
  const stream = WorkflowStreamClient.create(client, run.workflowId);
  const reader = stream.topic<string>(NEWS).subscribe();
  const news: string[] = [];
  for await (const { data } of reader) {
    if (news.push(data) === 1) await bringAbout(run);
  }
  return { news, status: reader.status };
}
