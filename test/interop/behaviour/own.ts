import { describe, expect, test } from 'vitest';
import { PUBLISH_SIGNAL, READ_QUERY } from '../../../src/stream/wire.js';
import { collect, eagerly, entry, eventsOf, take, takeValues, upTo, values } from './items.js';
import type { Stage } from './stage.js';
import * as workflows from './workflows.js';

/** What only our client or only our host does; what they do together is tested in `test/stream`. */
export function describeOurs(stage: Stage): void {
  const isOurs = { client: stage.client === 'ours', host: stage.host === 'ours' };

  test('the host is the one that it should be', async () => {
    const { handle } = await stage.start(workflows.hosting);
    const query = handle.query(READ_QUERY, { topics: [], from_offset: 0 });
    if (isOurs.host) expect(await query).toMatchObject({ end_offset: 0 });
    else await expect(query).rejects.toThrow(READ_QUERY);
  });

  if (isOurs.host || isOurs.client) describeCancellation(stage);
  if (isOurs.client) describeOurClient(stage);
  if (isOurs.host) describeOurHost(stage);
  if (isOurs.host && isOurs.client) describeOurPair(stage);
}

/** The poll that waits in an official host fails when it is cancelled, and an official client throws that. */
function describeCancellation(stage: Stage): void {
  test('a reader ends when the workflow is cancelled', async () => {
    const { handle, stream } = await stage.start(workflows.hosting, [{ publish: 'only' }]);
    const items = stream.subscribe<string>([], 0, eagerly);
    expect((await items.next()).value).toMatchObject({ data: 'only' });
    const rest = collect(items);
    await handle.cancel();
    expect(await rest).toEqual([]);
  });
}

function describeOurClient(stage: Stage): void {
  describe('our client', () => {
    test('throws where a value is published that cannot be encoded, and sends the others', async () => {
      const { stream } = await stage.start(workflows.hosting);
      const topic = stream.topic('a');
      topic.publish(1);
      expect(() => topic.publish(10n)).toThrow('cannot be encoded');
      topic.publish(3);
      await stream.flush();
      expect(await takeValues(stream, 2)).toEqual([1, 3]);
    });

    test('stops at once while it waits', async () => {
      const { stream } = await stage.start(workflows.hosting, [{ publish: 'only' }]);
      const items = stream.subscribe<string>([], 0, eagerly);
      expect((await items.next()).value).toMatchObject({ data: 'only' });
      const waiting = items.next();
      await items.return();
      expect(await waiting).toEqual({ done: true, value: undefined });
    });
  });
}

function describeOurHost(stage: Stage): void {
  describe('our host', () => {
    test.each([
      [undefined],
      [{ items: 'nonsense' }],
      [{ items: [{ topic: 'a', data: '#' }], publisher_id: 'p', sequence: 1 }],
    ])('drops the malformed batch %j and goes on', async (nonsense) => {
      const { handle, stream } = await stage.start(workflows.hosting);
      await handle.signal(PUBLISH_SIGNAL, nonsense);
      await handle.signal(PUBLISH_SIGNAL, { items: [entry('good')] });
      expect(await takeValues(stream, 1)).toEqual(['good']);
    });

    test('serves more readers at once than the server lets updates wait', async () => {
      const { handle, stream } = await stage.start(workflows.hosting);
      const readers = upTo(12).map(() => take(stream.subscribe([], 0), 1));
      const polls = () => eventsOf(handle, 'WorkflowExecutionUpdateAccepted');
      // Eight polls wait, and the others are told to ask again; our client waits without a poll.
      await expect.poll(polls).toBe(stage.client === 'official' ? 8 : 0);
      stream.topic('a').publish('for all');
      await stream.flush();
      for (const items of await Promise.all(readers)) expect(items).toHaveLength(1);
    });
  });
}

function describeOurPair(stage: Stage): void {
  test('everything is read after the workflow has ended', async () => {
    const { handle, stream } = await stage.start(workflows.hosting, [{ publish: 'only' }]);
    await handle.signal(workflows.endSignal);
    await handle.result();
    const items = await collect(stream.subscribe<string>([], 0, { resultType: true }));
    expect(values(items)).toEqual(['only']);
  });
}
