/** Things that are too big: B13, B41, B42, B45. */
import { expect, test } from 'vitest';
import { PUBLISH_SIGNAL } from '../../src/stream/wire.js';
import { hazard, within } from './hazard.js';
import { onOurs } from './implementation.js';
import { HELLO, ignore, openScene } from './scene.js';
import type { Step } from './workflows.js';

hazard(
  'B13',
  async (on) => {
    const scene = await openScene(on);
    const { act, poll, status } = await scene.host();
    await within('the end of the update', act({ publishText: 1_900_000 })).catch(ignore);
    await act({ publish: 'small' });
    await within('an answer', poll({})).catch(ignore);
    expect(await status(), 'the workflow goes on').toBe('RUNNING');
  },
  "the workflow goes on: expected 'TERMINATED'",
);

/** Most bytes of an answer: a million of items, and what is around them. */
const MAX_ANSWER = 1_000_100;

hazard(
  'B41',
  async (on) => {
    const scene = await openScene(on);
    const answerTo = async (count: number, topic: string): Promise<string> => {
      const { act, poll, status } = await scene.host();
      await act({ publishNulls: count, topic });
      const page = await within('an answer', poll({}), 10_000).catch(ignore);
      if (!page) return status();
      return Buffer.byteLength(JSON.stringify(page)) <= MAX_ANSWER ? 'fits' : 'too big';
    };
    const answers = [await answerTo(30_000, 'a'), await answerTo(20_000, '订单进度'.repeat(5))];
    expect(answers.join(', '), 'the answers').toBe('fits, fits');
  },
  "the answers: expected 'too big, TERMINATED'",
);

hazard(
  'B42',
  async (on) => {
    const scene = await openScene(on);
    const texts = Array.from({ length: 30 }, (): Step => ({ publishText: 100_000 }));
    const { handle, stream, rolledOver, status } = await scene.host({ steps: texts });
    const early = stream.subscribe();
    await within('an item', early.next());
    await handle.signal('act', [{ roll: 'helper' }]);
    await rolledOver().catch(ignore);
    expect(await status(), 'the workflow goes on').toBe('RUNNING');

    // The newest items are carried over, and a reader that follows has read the others before.
    const { value } = await within('an item', stream.subscribe().next());
    expect(value?.offset).toBeGreaterThan(10);
    expect(value?.offset).toBeLessThan(25);
    for (let offset = 1; offset < 30; offset++) {
      expect((await within('an item', early.next())).value?.offset).toBe(offset);
    }

    const strict = await scene.host({ options: { overflow: 'refuse' }, steps: texts });
    const refusal = strict.stream.topic('refused').subscribe().next();
    await strict.act({ roll: 'helper' });
    expect((await within('the refusal', refusal)).value?.data).toBe('StateTooLarge');
  },
  "the workflow goes on: expected 'TERMINATED'",
);

test('B42 on ours: who has published never makes the state too big', async () => {
  const scene = await openScene(onOurs);
  const { handle, act, stream, rolledOver } = await scene.host();
  const item = { topic: 'a', data: HELLO };
  const batch = (publisher_id: string) => ({ items: [item], publisher_id, sequence: 1 });
  await handle.signal(PUBLISH_SIGNAL, batch('x'.repeat(1_500_000)));
  await handle.signal(PUBLISH_SIGNAL, batch('p'));
  await act({ roll: 'helper' });
  await rolledOver();
  await handle.signal(PUBLISH_SIGNAL, batch('p'));
  expect(await within('the length', stream.getOffset())).toBe(1);
});

/** The shortest of some times, in milliseconds: what a thing takes when nothing else is in the way. */
async function shortest(action: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 5; n++) {
    const start = performance.now();
    await action();
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

hazard(
  'B45',
  async (on) => {
    const scene = await openScene(on);
    const { handle, poll } = await scene.host({ steps: [{ publishText: 700_000 }] });
    // In base64, 700,000 bytes take a third more.
    const text = () => handle.executeUpdate('text', { args: [933_000] });
    const ratio = (await shortest(() => poll({}))) / (await shortest(text));
    expect(ratio, 'a poll costs what its size costs').toBeLessThan(2.5);
  },
  'a poll costs what its size costs',
);
