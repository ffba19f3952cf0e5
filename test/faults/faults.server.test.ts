import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startBackend } from './backend.ts';
import { FAULTS } from './fault.ts';
import { openNetwork } from './network.ts';
import { randomFrom } from './random.ts';
import { countReceived } from './received.ts';
import { newRun, play, type Run, sharesOf } from './scenario.ts';
import { firstFlaw } from './sequence.ts';

/** A run that takes longer hangs; one takes about 25 seconds on two processors. */
const RUN_LIMIT_MS = 120_000;
/** How long a task waits for a worker that was killed with it in hand; by default, ten seconds. */
const TASK_TIMEOUT = '2 seconds';
const COMMAND = 'npx vitest run --project server test/faults';

const seed = Number(process.env.FAULT_SEED || randomInt(2 ** 32));

/** What is disturbed: a workflow that lives in one run, and one that continues as new. */
const SCENARIOS = [
  { workflow: 'hosting', items: 10_000, leastRuns: 1 },
  { workflow: 'rolling', items: 6_001, leastRuns: 3 },
];

test.each(SCENARIOS)(
  'every item arrives once and in order, whatever fails: $items items of $workflow',
  async ({ workflow, items, leastRuns }) => {
    const random = randomFrom(seed);
    const backend = await startBackend();
    const networks = {
      publishers: openNetwork(backend.address, random.fork()),
      readers: openNetwork(backend.address, random.fork()),
    };
    const run = newRun();
    try {
      const handle = await backend.client.workflow.start(workflow, {
        taskQueue: backend.taskQueue,
        workflowId: `faults-${randomUUID()}`,
        workflowTaskTimeout: TASK_TIMEOUT,
      });
      await inTime(play({ backend, handle, items, networks, random }, run));

      const { steady, restless, late } = run.received;
      for (const [reader, received] of Object.entries(run.received)) {
        expect(firstFlaw(received, sharesOf(items)), `the ${reader} reader`).toBeUndefined();
      }
      expect(restless).toEqual(steady);
      expect(late).toEqual(steady);

      // A run in which nothing failed would have shown nothing.
      for (const fault of FAULTS) {
        expect(networks.publishers.faults()[fault], `publishers: ${fault}`).toBeGreaterThan(0);
        expect(networks.readers.faults()[fault], `readers: ${fault}`).toBeGreaterThan(0);
      }
      expect(run.kills).toEqual({ worker: 4, server: 2 });
      expect(run.returns).toBeGreaterThan(1);
      const { repeated, runs } = await countReceived(handle);
      expect(repeated, 'repeated batches').toBeGreaterThan(0);
      expect(runs, 'runs').toBeGreaterThanOrEqual(leastRuns);
    } catch (error) {
      throw new Error(explain(run, error as Error), { cause: error });
    } finally {
      await networks.publishers.close();
      await networks.readers.close();
      await backend.stop();
    }
  },
  RUN_LIMIT_MS * 1.5,
);

async function inTime(running: Promise<void>): Promise<void> {
  const timer = new AbortController();
  const limit = delay(RUN_LIMIT_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`The run did not end within ${RUN_LIMIT_MS / 1_000} s.`);
  });
  await Promise.race([running, limit]).finally(() => timer.abort());
}

function explain({ published, received, kills }: Run, { message }: Error): string {
  const read = Object.entries(received).map(([reader, { length }]) => `${reader} ${length}`);
  return (
    `${message}\n\nFAULT_SEED=${seed} ${COMMAND}\ndraws the same faults again. ` +
    `Published: ${published.count}; read: ${read.join(', ')}; ` +
    `killed: worker ${kills.worker}, server ${kills.server} times.`
  );
}
