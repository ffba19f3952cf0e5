/** What a host makes of polls and signals that nobody should send: B25, B26, B31, B40. */
import { expect } from 'vitest';
import { POLL_UPDATE, PUBLISH_SIGNAL } from '../../src/stream/wire.js';
import { hazard, within } from './hazard.js';
import { type Host, ignore, openScene } from './scene.js';

hazard(
  'B25',
  async (on) => {
    const scene = await openScene(on);
    const { act, park } = await scene.host();
    const poll = await park({ topics: ['rare'] });
    await act({ publish: 1, topic: 'common' });
    await act({ publish: 2, topic: 'rare' });
    const { items } = await within('the answer', poll.result());
    expect(items, 'the first answer has the item').toHaveLength(1);
  },
  'the first answer has the item',
);

hazard(
  'B26',
  async (on) => {
    const scene = await openScene(on);
    const { act, park } = await scene.host();
    const poll = await park({ from_offset: 500 });
    await act({ detach: true });
    const { next_offset: next } = await within('the answer', poll.result());
    expect(next, 'the reader is not sent back').toBe(500);
  },
  'the reader is not sent back',
);

hazard(
  'B31',
  async (on) => {
    const scene = await openScene(on);
    const { poll } = await scene.host({ steps: [{ publish: 0 }, { publish: 1 }, { publish: 2 }] });
    for (const nonsense of [1.5, -1]) {
      const answer = await within('the answer', poll({ from_offset: nonsense })).catch(
        (error: Error) => error.cause,
      );
      expect(answer, 'the poll is refused').toMatchObject({ type: 'InvalidPoll' });
    }
  },
  'the poll is refused',
);

const signal =
  (...args: unknown[]) =>
  ({ handle }: Host) =>
    handle.signal(PUBLISH_SIGNAL, ...args);

/** What anybody who may signal or update a workflow can send. */
const POISONS: Record<string, (host: Host) => Promise<unknown>> = {
  'no argument': signal(),
  'no items': signal({ publisher_id: 'p', sequence: 1 }),
  'no base64': signal({ items: [{ topic: 'a', data: '####' }], publisher_id: 'p', sequence: 1 }),
  'no topics': async ({ handle }) => {
    const poll = handle.executeUpdate(POLL_UPDATE, { args: [{ from_offset: 0 }] });
    await within('the refusal', poll).catch(ignore);
  },
};

hazard(
  'B40',
  async (on) => {
    const scene = await openScene(on);
    const stopped = Object.entries(POISONS).map(async ([name, poison]) => {
      const host = await scene.host({ steps: [{ publish: 1 }] });
      await poison(host);
      const length = await within('the length', host.stream.getOffset()).catch(ignore);
      return length === 1 ? [] : [name];
    });
    const names = (await Promise.all(stopped)).flat();
    expect(names.length, `hosts stopped by ${names.join(', ')}:`).toBe(0);
  },
  'hosts stopped by no argument, no items, no base64, no topics:',
);
