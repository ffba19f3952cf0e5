/** Calls that fail or come late while a reader waits: B9, B11, B29b. */
import { expect } from 'vitest';
import { holdOnce, READING, timeOutOnce, WAITING } from './faults.js';
import { hazard, within } from './hazard.js';
import { openScene } from './scene.js';

hazard(
  'B9',
  async (on) => {
    const scene = await openScene(on);
    const { stream } = await scene.host({ steps: [{ publish: 1 }] });
    timeOutOnce(scene.connection, READING);
    const { done } = await within('the first item', stream.subscribe().next());
    expect(done, 'the subscription has ended').toBe(false);
  },
  'the subscription has ended',
);

hazard(
  'B11',
  async (on) => {
    const scene = await openScene(on);
    const { act, stream, parked, rolledOver } = await scene.host({ steps: [{ publish: 1 }] });
    const late = stream.subscribe([], 0, { pollCooldown: 0 });
    await within('the first item', late.next());
    const release = holdOnce(scene.connection, WAITING);
    const next = late.next();
    await parked(2);
    await act({ roll: 'abrupt' });
    await rolledOver();
    const other = stream.subscribe([], 1).next();
    await parked(1);
    release();
    await act({ publish: 2 });
    expect((await within('the item of the other', other)).value?.offset).toBe(1);
    const { done } = await within('the second item', next);
    expect(done, 'the subscription has ended').toBe(false);
  },
  'the subscription has ended',
);

hazard(
  'B29b',
  async (on) => {
    const scene = await openScene(on);
    const { act, stream, parked, rolledOver } = await scene.host({ steps: [{ publish: 1 }] });
    const reader = stream.subscribe([], 0, { pollCooldown: 0 });
    await within('the first item', reader.next());
    const next = reader.next();
    await parked(2);
    timeOutOnce(scene.connection, ['describeWorkflowExecution', 'queryWorkflow']);
    await act({ roll: 'abrupt' });
    await rolledOver();
    await act({ publish: 2 });
    const { done } = await within('the second item', next);
    expect(done, 'the subscription has ended').toBe(false);
  },
  'the subscription has ended',
);
