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
import type { Stage } from './stage.js';
import * as workflows from './workflows.js';

/** What may be relied on when the host continues as new. */
export function describeRollover(stage: Stage): void {
  describe('a rollover', () => {
    test.each(['helper', 'recipe'] as const)(
      'by %s keeps the log, its offsets and who has published what',
      async (how) => {
        const { handle, stream } = await stage.start(workflows.rolling, how);
        const latest = stage.worker.client.workflow.getHandle(handle.workflowId);
        await send(latest, 1, 0, 1, 2);
        await latest.executeUpdate(workflows.performUpdate, { args: [[{ truncate: 1 }]] });
        await latest.signal(workflows.rollOverSignal);
        await stage.runAfter(handle, handle.firstExecutionRunId);
        await send(latest, 1, 'again');
        await send(latest, 2, 3);
        expect(await stream.getOffset()).toBe(4);
        const items = await take(stream.subscribe<number>([], 0, eagerly), 3);
        expect(items).toEqual([1, 2, 3].map((n) => ({ topic: 'a', data: n, offset: n })));
      },
    );

    test.each(['helper', 'recipe', 'abrupt'] as const)(
      'by %s takes along the readers that wait, the ones that come later, and the publisher',
      async (how) => {
        const { handle, stream } = await stage.start(workflows.rolling, how);
        const latest = stage.worker.client.workflow.getHandle(handle.workflowId);
        // Each with a client of its own: of several readers of one official client, a rollover that
        // asks no pollers can end all but one.
        const readers = [0, 0, 1].map((from) => {
          const reader = stage.Client.create(stage.worker.client, handle.workflowId);
          return take(reader.subscribe<number>([], from, eagerly), 9 - from);
        });
        const topic = stream.topic<number>('a');
        let runId = handle.firstExecutionRunId;
        for (const n of [0, 3, 6]) {
          for (const more of upTo(3)) topic.publish(n + more);
          await stream.flush();
          if (n === 6) break;
          await latest.signal(workflows.rollOverSignal);
          runId = await stage.runAfter(handle, runId);
        }
        const [first, second, late] = (await Promise.all(readers)).map(values);
        expect(first).toEqual(upTo(9));
        expect(second).toEqual(upTo(9));
        expect(late).toEqual(upTo(9).slice(1));
        expect(await takeValues(stream, 9)).toEqual(upTo(9));
      },
    );

    test('answers the polls that wait before it, empty and with where to go on', async () => {
      const { handle } = await stage.start(workflows.rolling, 'gated');
      await send(handle, 1, 'before');
      const parked = await parkedPoll(handle, 1);
      await handle.signal(workflows.rollOverSignal);
      expect(await parked.result()).toEqual({ items: [], next_offset: 1, more_ready: false });
      await expectFailure(poll(handle, 1), 'StreamDraining');
    });

    test('that takes its time keeps readers waiting, and takes along what was published meanwhile', async () => {
      const { handle, stream } = await stage.start(workflows.rolling, 'gated');
      const patient = { resultType: true, pollCooldown: 20 } as const;
      const reader = take(stream.subscribe<string>([], 0, patient), 3);
      await send(handle, 1, 'before');
      await parkedPoll(handle, 1);
      await handle.signal(workflows.rollOverSignal);
      // A poll of our own is refused, so those of the reader are.
      const refusal = () => poll(handle, 1).then(() => 'answered', typeOf);
      await expect.poll(refusal).toBe('StreamDraining');
      await send(handle, 2, 'meanwhile');
      await expectFailure(poll(handle, 1), 'StreamDraining');
      await handle.signal(workflows.releaseSignal);
      await stage.runAfter(handle, handle.firstExecutionRunId);
      const latest = stage.worker.client.workflow.getHandle(handle.workflowId);
      await send(latest, 2, 'meanwhile, again');
      await send(latest, 3, 'after');
      const items = await reader;
      expect(values(items)).toEqual(['before', 'meanwhile', 'after']);
      expect(items.map(({ offset }) => offset)).toEqual([0, 1, 2]);
      expect(polled(await poll(latest, 1))).toEqual(['meanwhile', 'after']);
    });
  });
}

function typeOf(error: Error): unknown {
  return (error.cause as { type?: unknown } | undefined)?.type;
}
