/** Three publishers and three readers of one stream, while everything that they use is disturbed. */
import type { WorkflowHandle } from '@temporalio/client';
import { WorkflowStreamClient } from 'streambook/client';
import type { Backend } from './backend.ts';
import type { Network } from './network.ts';
import { Progress } from './progress.ts';
import type { Random } from './random.ts';
import { BATCHING, type Item, publishAll, readInVisits, readSteadily } from './roles.ts';

/** Who publishes from outside. */
const PUBLISHERS = ['anna', 'ben', 'cleo'];
/** Who publishes in the workflow, and says the last word. */
const HOST = 'host';

/** Who publishes how many of so many items. */
export function sharesOf(items: number): Record<string, number> {
  const share = (items - 1) / PUBLISHERS.length;
  const outside = PUBLISHERS.map((publisher) => [publisher, share]);
  return { ...Object.fromEntries(outside), [HOST]: 1 };
}

/** What is known of a run, also while it is under way. */
export interface Run {
  /** Items that the server has, as far as their publishers know. */
  published: Progress;
  /** What each reader received, in the order of its arrival. */
  received: Record<'steady' | 'restless' | 'late', Item[]>;
  /** How many times the restless reader came back. */
  returns: number;
  kills: { worker: number; server: number };
}

/** A run that has not begun. */
export function newRun(): Run {
  const received = { steady: [], restless: [], late: [] };
  return { published: new Progress(), received, returns: 0, kills: { worker: 0, server: 0 } };
}

/** What a run takes place on. */
export interface Stage {
  backend: Backend;
  /** A workflow that hosts a stream until it is sent the signal `end`. */
  handle: WorkflowHandle;
  /** How many items there will be. */
  items: number;
  networks: Record<'publishers' | 'readers', Network>;
  random: Random;
}

/** Runs to the end of the workflow, and until every reader has noticed it. */
export async function play(stage: Stage, run: Run): Promise<void> {
  const { backend, handle, items, networks, random } = stage;
  const { [HOST]: last = 0, ...shares } = sharesOf(items);
  const outside = items - last;
  const { published, received, kills } = run;
  const join = async (network: Network): Promise<WorkflowStreamClient> =>
    WorkflowStreamClient.create(await network.connect(), handle.workflowId, BATCHING);

  const publishers = await Promise.all(
    Object.entries(shares).map(async ([publisher, total]) => {
      const stream = await join(networks.publishers);
      const onFlushed = (items: number) => published.advance(items);
      return { stream, publisher, total, random: random.fork(), onFlushed };
    }),
  );
  const steady = await join(networks.readers);
  const restless = await join(networks.readers);
  const late = await join(networks.readers);
  for (const network of Object.values(networks)) network.disturb();

  const read = new Progress();
  await Promise.all([
    readSteadily(steady, received.steady, () => read.advance(1)),
    readInVisits(restless, received.restless, { most: items / 5, random: random.fork() }).then(
      (returns) => {
        run.returns = returns;
      },
    ),
    published.reached(outside / 2).then(() => readSteadily(late, received.late)),
    publishAndEnd(),
  ]);

  async function publishAndEnd(): Promise<void> {
    await Promise.all([killInTurns(), ...publishers.map(publishAll)]);
    // One reader then waits for news, of which the end is the last; the others may be behind.
    await read.reached(outside);
    await handle.signal('end');
    // Neither the end nor what is read afterwards may need the worker that was there before.
    await killWorker();
  }

  /** Each in its own part of the run, and at another place there with each seed. */
  async function killInTurns(): Promise<void> {
    const turns = [killWorker, killServer, killWorker, killServer, killWorker];
    for (const [turn, kill] of turns.entries()) {
      await published.reached((outside * (turn + random.next())) / turns.length);
      await kill();
    }
  }

  async function killWorker(): Promise<void> {
    await backend.killWorker();
    kills.worker++;
  }

  async function killServer(): Promise<void> {
    await backend.killServer();
    kills.server++;
  }
}
