/** A stream that continues as new from the official host into ours with its state, and back. */
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestWorker, type TestWorker } from '../support/worker.js';
import { alternating, type Host, hostQuery, nextSignal, truncateUpdate } from './alternating.js';
import { clients, type Item, type Maker, type StreamClient } from './behaviour/clients.js';
import { eagerly, send, take, upTo, values } from './behaviour/items.js';

const there: Host[] = ['official', 'ours', 'official', 'ours', 'official'];
const back: Host[] = ['ours', 'official', 'ours', 'official'];

let worker: TestWorker;
beforeAll(async () => {
  worker = await startTestWorker(new URL('./alternating.ts', import.meta.url));
});
afterAll(() => worker?.stop());

async function start(hosts: Host[]) {
  const { client, taskQueue, newId } = worker;
  const workflowId = newId('alternating');
  const args: Parameters<typeof alternating> = [{ hosts, run: 0 }];
  await client.workflow.start(alternating, { workflowId, taskQueue, args });
  // Without a run id, so that it means the latest run.
  const handle = client.workflow.getHandle(workflowId);
  await begun(handle);
  const clientOf = (maker: Maker) => clients[maker].create(client, workflowId);
  return { handle, clientOf };
}

/** Resolves with the host when it has done its first workflow task: what is sent then comes after its first item. */
function begun(handle: WorkflowHandle): Promise<Host> {
  return handle.query(hostQuery);
}

/** Hands over to the next host, and resolves when that one has begun. */
async function rollOver(handle: WorkflowHandle): Promise<void> {
  const { runId } = await handle.describe();
  await handle.signal(nextSignal);
  const latest = async () => (await handle.describe()).runId;
  await expect.poll(latest, { timeout: 20_000 }).not.toBe(runId);
  await begun(handle);
}

/** The first items from an offset on. */
function read(stream: StreamClient, count: number, from = 0) {
  return take(stream.subscribe<unknown>([], from, eagerly), count);
}

/** The numbers before the first negative one. */
async function numbersBeforeEnd(items: AsyncIterable<Item<number>>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { data } of items) {
    if (data < 0) break;
    numbers.push(data);
  }
  return numbers;
}

/** Reads as a program with the official client has to: signals that come amid a rollover throw its reader out. */
async function* stubbornly(open: () => StreamClient): AsyncGenerator<Item<number>> {
  for (let next = 0; ; ) {
    try {
      for await (const item of open().subscribe<number>('a', next, eagerly)) {
        next = item.offset + 1;
        yield item;
      }
      return;
    } catch (error) {
      const reason = (error as Error).cause;
      if (!String(reason).includes('unexpected workflow task failure')) throw error;
    }
  }
}

describe.each([[there], [back]])('over the hosts %j', (hosts) => {
  const rollovers = hosts.length - 1;
  /** All items of all runs, when `sent` numbers are sent to each. */
  const everything = (sent: number) => {
    const said = hosts.flatMap((_, run) => [
      `${run} begins`,
      ...upTo(sent).map((n) => run * sent + n),
      `${run} ends`,
    ]);
    return said.slice(0, -1);
  };

  test('each host goes on with the log, its offsets, its beginning and its publishers', async () => {
    const { handle, clientOf } = await start(hosts);
    let sequence = 0;
    for (const [run, host] of hosts.entries()) {
      expect(await begun(handle)).toBe(host);
      // What came last before the rollover is sent again, and dropped.
      if (sequence > 0) await send(handle, sequence, 'doubled');
      for (const n of [0, 1]) await send(handle, ++sequence, run * 2 + n);
      const said = everything(2).slice(0, run * 4 + 3);
      const items = said.map((data, offset) => expect.objectContaining({ data, offset }));
      // The first run keeps everything; each later one forgets down to what came in the one before.
      const base = Math.max(0, run * 4 - 4);
      await handle.executeUpdate(truncateUpdate, { args: [base] });
      for (const maker of ['ours', 'official'] as const) {
        const stream = clientOf(maker);
        expect(await stream.getOffset()).toBe(said.length);
        expect(await read(stream, said.length - base)).toEqual(items.slice(base));
        expect(await read(stream, 1, said.length - 1)).toEqual(items.slice(-1));
      }
      if (run < rollovers) await rollOver(handle);
    }
    await handle.signal(nextSignal);
    await handle.result();
  });

  test.each(['ours', 'official'] as const)(
    'a reader with the client %s follows, item by item or after it was away for two runs',
    async (maker) => {
      const { handle, clientOf } = await start(hosts);
      const expected = everything(3);
      const faithful = read(clientOf(maker), expected.length);
      const filtered = take(clientOf(maker).subscribe<number>('a', 0, eagerly), hosts.length * 3);
      const absent = clientOf(maker).subscribe<unknown>([], 0, eagerly);
      expect((await absent.next()).value).toMatchObject({ data: '0 begins', offset: 0 });
      for (const [run] of hosts.entries()) {
        await send(handle, run + 1, ...upTo(3).map((n) => run * 3 + n));
        // The one that was away reads two items here, so it is in the log of two runs before.
        if (run === 2) {
          const seen = [(await absent.next()).value, (await absent.next()).value];
          expect(seen.map((item) => item?.offset)).toEqual([1, 2]);
        }
        if (run < rollovers) await rollOver(handle);
      }
      const items = expected.map((data, offset) => expect.objectContaining({ data, offset }));
      expect(await faithful).toEqual(items);
      expect(values(await filtered)).toEqual(upTo(hosts.length * 3));
      expect(await take(absent, expected.length - 3)).toEqual(items.slice(3));
      // One that comes back with nothing but the last offset that it has seen.
      expect(await read(clientOf(maker), expected.length - 4, 4)).toEqual(items.slice(4));
      await handle.signal(nextSignal);
      await handle.result();
    },
  );

  test.each(['ours', 'official'] as const)(
    'nothing that the client %s publishes meanwhile is lost or doubled',
    async (maker) => {
      const { handle, clientOf } = await start(hosts);
      const readers = [
        clientOf('ours').subscribe<number>('a', 0, eagerly),
        stubbornly(() => clientOf('official')),
      ].map(numbersBeforeEnd);
      let isRolling = true;
      const publishing = (async () => {
        await using publisher = clientOf(maker);
        const topic = publisher.topic<number>('a');
        let count = 0;
        while (isRolling) {
          topic.publish(count++);
          topic.publish(count++);
          await publisher.flush();
        }
        topic.publish(-1);
        return count;
      })();
      for (const _ of upTo(rollovers)) await rollOver(handle);
      isRolling = false;
      const count = await publishing;
      expect(count).toBeGreaterThan(2 * rollovers);
      for (const numbers of await Promise.all(readers)) expect(numbers).toEqual(upTo(count));
      expect(await clientOf('ours').getOffset()).toBe(count + 1 + 2 * rollovers + 1);
      await handle.signal(nextSignal);
      await handle.result();
    },
  );
});
