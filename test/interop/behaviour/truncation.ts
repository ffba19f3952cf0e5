import { describe, expect, test } from 'vitest';
import {
  eagerly,
  expectFailure,
  parkedPoll,
  poll,
  polled,
  send,
  take,
  takeValues,
  upTo,
  values,
} from './items.js';
import type { Stage, Started } from './stage.js';
import type { Step } from './workflows.js';
import * as workflows from './workflows.js';

const five = upTo(5).map((n) => ({ publish: n }));

/** What may be relied on when a log is cut at its beginning. */
export function describeTruncation(stage: Stage): void {
  const perform = ({ handle }: Started, ...steps: Step[]) =>
    handle.executeUpdate(workflows.performUpdate, { args: [steps] });

  describe('truncating', () => {
    test('forgets the beginning and leaves the other offsets as they are', async () => {
      const host = await stage.start(workflows.hosting, five);
      await perform(host, { truncate: 3 });
      expect(await host.stream.getOffset()).toBe(5);
      const left = [
        { topic: 'a', data: 3, offset: 3 },
        { topic: 'a', data: 4, offset: 4 },
      ];
      expect(await take(host.stream.subscribe<number>([], 3, eagerly), 2)).toEqual(left);
      expect(await take(host.stream.subscribe<number>([], 0, eagerly), 2)).toEqual(left);
      await perform(host, { truncate: 2 }, { publish: 5 });
      expect(await takeValues(host.stream, 3)).toEqual([3, 4, 5]);
    });

    test('everything leaves a stream that goes on with its numbers', async () => {
      const host = await stage.start(workflows.hosting, five);
      await perform(host, { truncate: 5 }, { publish: 5 });
      const items = await take(host.stream.subscribe<number>([], 0, eagerly), 1);
      expect(items).toEqual([{ topic: 'a', data: 5, offset: 5 }]);
    });

    test('past the end is refused, and the workflow goes on', async () => {
      const host = await stage.start(workflows.hosting, five);
      await expectFailure(perform(host, { truncate: 6 }), 'TruncateOutOfRange');
      expect(await takeValues(host.stream, 5)).toEqual(upTo(5));
    });

    test('fails a poll for what is forgotten, and the workflow goes on', async () => {
      const host = await stage.start(workflows.hosting, five);
      await perform(host, { truncate: 3 });
      await expectFailure(poll(host.handle, 1), 'TruncatedOffset');
      expect(await poll(host.handle, 3)).toMatchObject({ next_offset: 5, more_ready: false });
      expect(polled(await poll(host.handle, 0))).toEqual([3, 4]);
    });

    test('takes nothing from a poll that waits, when it has seen what is forgotten', async () => {
      const host = await stage.start(workflows.hosting, [{ publish: 'A' }]);
      const parked = await parkedPoll(host.handle, 1);
      await perform(host, { publish: 'B' }, { truncate: 1 }, { publish: 'C' });
      const answer = await parked.result();
      expect(polled(answer)).toEqual(['B', 'C']);
      expect(answer.next_offset).toBe(3);
    });

    test('fails a poll that waits for what is forgotten before it came to see it', async () => {
      const host = await stage.start(workflows.hosting, five);
      const parked = await parkedPoll(host.handle, 7);
      await perform(host, ...five, { truncate: 9 });
      await expectFailure(parked.result(), 'TruncatedOffset');
    });

    test('fails a poll that waits also when nothing is left', async () => {
      const host = await stage.start(workflows.hosting, five);
      const parked = await parkedPoll(host.handle, 7);
      await perform(host, ...five, { truncate: 10 });
      await expectFailure(parked.result(), 'TruncatedOffset');
    });

    test('lets a reader that comes too late begin with what is left', async () => {
      const host = await stage.start(workflows.hosting, five);
      await perform(host, { truncate: 3 });
      expect(await takeValues(host.stream, 2, 1)).toEqual([3, 4]);
    });

    test('lets a reader that falls behind go on with what is left', async () => {
      const host = await stage.start(workflows.hosting, five);
      const items = host.stream.subscribe<number>([], 0, eagerly);
      const seen = values(await takeOpen(items, 5));
      await perform(host, ...five, { truncate: 8 });
      seen.push(...values(await takeOpen(items, 2)));
      expect(seen).toEqual([...upTo(5), 3, 4]);
      await items.return();
    });
  });

  test('publishers that have been silent for longer than their time to live are not carried over', async () => {
    const { handle, stream } = await stage.start(workflows.hosting);
    await send(handle, 1, 'from the publisher');
    const known = () => handle.query(workflows.stateQuery, '1 hour');
    expect((await known()).publisher_sequences).toEqual({ publisher: 1 });
    // A workflow's clock goes on from task to task: until 100 ms have passed, it is moved on and asked.
    const recent = async () => {
      await stream.topic('a').publish('from another');
      await stream.flush();
      return Object.keys((await handle.query(workflows.stateQuery, 100)).publisher_sequences);
    };
    await expect.poll(recent).not.toContain('publisher');
    expect(await recent()).toHaveLength(1);
    const state = await known();
    expect(Object.keys(state.publisher_sequences)).toHaveLength(2);
    expect(state.log).toHaveLength(await stream.getOffset());
    expect(state.base_offset).toBe(0);
  });
}

/** Takes items and stays. */
async function takeOpen<T>(items: AsyncGenerator<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  while (taken.length < count) {
    const { done, value } = await items.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}
