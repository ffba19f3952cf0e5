/** Forgetting items while they are read: B1, B2, B5, B14, B28. */
import { expect } from 'vitest';
import { hazard, within } from './hazard.js';
import { openScene } from './scene.js';
import type { Step } from './workflows.js';

const items = (count: number): Step[] =>
  Array.from({ length: count }, (_, n): Step => ({ publish: n }));

hazard('B1', async (on) => {
  const scene = await openScene(on);
  const { act, park } = await scene.host({ steps: items(1) });
  const poll = await park({ from_offset: 1 });
  await act({ publish: 'B' }, { truncate: 1 }, { publish: 'C' });
  const page = await within('the answer', poll.result());
  expect(page.items.map(({ offset }) => offset)).toEqual([1, 2]);
  expect(page.next_offset).toBe(3);
});

hazard('B2', async (on) => {
  const scene = await openScene(on);
  const { act, park } = await scene.host({ steps: items(5) });
  const ahead = await park({ from_offset: 10 });
  await act(...items(7), { truncate: 11 });
  const lost = { cause: { type: 'TruncatedOffset' } };
  await expect(within('the failure', ahead.result())).rejects.toMatchObject(lost);

  const atTheEnd = await park({ from_offset: 12 });
  await act({ publish: 'gone' }, { truncate: 13 });
  await expect(within('the failure', atTheEnd.result())).rejects.toMatchObject(lost);
});

hazard('B5', async (on) => {
  const scene = await openScene(on);
  const { act, stream } = await scene.host({ steps: items(2) });
  const refused = { cause: { type: 'TruncateOutOfRange' } };
  await expect(within('the failure', act({ truncate: 3 }))).rejects.toMatchObject(refused);
  expect(await within('the length', stream.getOffset())).toBe(2);
});

hazard(
  'B14',
  async (on) => {
    const scene = await openScene(on);
    const { stream } = await scene.host({ options: { retain: { items: 10 } }, steps: items(100) });
    const { value } = await within('an item', stream.subscribe().next());
    expect(value?.offset, 'only the newest items are kept').toBe(90);
  },
  'only the newest items are kept',
);

hazard(
  'B28',
  async (on) => {
    const scene = await openScene(on);
    const { stream } = await scene.host({ steps: [...items(5), { truncate: 3 }] });
    const gaps: unknown[] = [];
    const reader = stream.subscribe([], 1, { onGap: (gap) => gaps.push(gap) });
    const { value } = await within('an item', reader.next());
    expect(value?.offset).toBe(3);
    expect(gaps, 'the gap is told').toEqual([{ from: 1, to: 3 }]);
    const strict = stream.subscribe([], 1, { gap: 'error' });
    await expect(within('the error', strict.next())).rejects.toMatchObject({ type: 'Gap' });
  },
  'the gap is told',
);
