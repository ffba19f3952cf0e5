/** Readers and publishers while a workflow continues as new: B3, B4, B4b, B18, B20, B27, B30, B46. */
import { expect } from 'vitest';
import { PUBLISH_SIGNAL } from '../../src/stream/wire.js';
import { countCalls, READING } from './faults.js';
import { hazard, within } from './hazard.js';
import { collect, HELLO, openScene } from './scene.js';

hazard('B3', async (on) => {
  const scene = await openScene(on);
  const { act, stream, parked, rolledOver } = await scene.host({ steps: [{ publish: 1 }] });
  const reader = stream.subscribe([], 0, { pollCooldown: 0 });
  await within('the first item', reader.next());
  const next = reader.next();
  await parked(2);
  await act({ roll: 'abrupt' });
  await rolledOver();
  await act({ publish: 2 });
  expect((await within('the second item', next)).value?.offset).toBe(1);
});

hazard('B4', async (on) => {
  const scene = await openScene(on);
  const { act, stream, parked, rolledOver } = await scene.host({ steps: [{ publish: 1 }] });
  const reader = stream.subscribe([], 0, { pollCooldown: 50 });
  await within('the first item', reader.next());
  const next = reader.next();
  await parked(2);
  await act({ roll: 'slow' });
  await rolledOver();
  await act({ publish: 2 });
  expect((await within('the second item', next)).value?.offset).toBe(1);
});

hazard(
  'B4b',
  async (on) => {
    const scene = await openScene(on);
    const { handle, stream, inTaskOf } = await scene.host({ steps: [{ publish: 1 }] });
    const reader = stream.subscribe([], 0, { pollCooldown: 0 });
    await within('the first item', reader.next());
    await handle.signal('act', [{ dawdle: true }]);
    await inTaskOf(1);
    // The task of the rollover has the reader's poll as well, and a signal arrives while it runs.
    const next = reader.next();
    await handle.signal('act', [{ dawdle: true }, { roll: 'abrupt' }]);
    await inTaskOf(2);
    await handle.signal('act', [{ publish: 2 }]);
    expect((await within('the second item', next, 10_000)).value?.offset).toBe(1);
  },
  'unexpected workflow task failure',
);

hazard('B18', async (on) => {
  const scene = await openScene(on);
  const { handle, act, stream, rolledOver } = await scene.host();
  const batch = { items: [{ topic: 'a', data: HELLO }], publisher_id: 'p', sequence: 1 };
  await handle.signal(PUBLISH_SIGNAL, batch);
  await act({ roll: 'helper' });
  await rolledOver();
  await handle.signal(PUBLISH_SIGNAL, batch);
  expect(await within('the length', stream.getOffset())).toBe(1);
});

hazard(
  'B20',
  async (on) => {
    const scene = await openScene(on);
    const { handle, act, stream } = await scene.host({
      steps: [{ publish: 1 }],
      nextSteps: [{ end: true }],
    });
    const reader = stream.subscribe([], 0, { pollCooldown: 0 });
    await within('the first item', reader.next());
    await act({ roll: 'helper' });
    await handle.result();
    const calls = countCalls(scene.connection, READING);
    const end = within('the end', collect(reader)).catch((error: Error) => {
      throw new Error(`${error.message}, but ${calls() > 100 ? 'over' : 'under'} 100 calls`);
    });
    expect(await end).toEqual([]);
  },
  'the end did not come within 3000 ms, but over 100 calls',
);

hazard(
  'B27',
  async (on) => {
    const scene = await openScene(on);
    const { act, stream, parked } = await scene.host({
      steps: [{ publish: 1 }, { publish: 2 }],
      nextSteps: [{ publish: 'of another log' }],
    });
    const reader = stream.subscribe([], 0, { pollCooldown: 0 });
    await within('the first item', reader.next());
    await within('the second item', reader.next());
    const next = reader.next();
    await parked(2);
    await act({ roll: 'forgetful' });
    await expect(within('an error', next)).rejects.toMatchObject({ type: 'StreamReset' });
  },
  'an error did not come',
);

hazard(
  'B30',
  async (on) => {
    const scene = await openScene(on);
    const { act, stream, parked, rolledOver } = await scene.host({ steps: [{ publish: 1 }] });
    const reader = stream.subscribe([], 0, { pollCooldown: 0 });
    await within('the first item', reader.next());
    const next = reader.next();
    await parked(2);
    const calls = countCalls(scene.connection, ['queryWorkflow', 'updateWorkflowExecution']);
    await act({ roll: 'slow' });
    await rolledOver();
    await act({ publish: 2 });
    await within('the second item', next);
    expect(calls(), 'the reader asks at its leisure').toBeLessThan(20);
  },
  'the reader asks at its leisure',
);

hazard(
  'B46',
  async (on) => {
    const scene = await openScene(on);
    const { act, stream, rolledOver } = await scene.host();
    await act({ roll: 'late' });
    await rolledOver();
    const reader = stream.subscribe<string>([], 0, { resultType: true });
    const { value } = await within('an item', reader.next());
    expect(value?.data, 'what was published is there').toBeOneOf(['late', 'refused']);
  },
  'what was published is there',
);
