/** Ten updates at a time: B23. */
import { expect, test } from 'vitest';
import { hazard, within } from './hazard.js';
import { onOfficial, onOurs } from './implementation.js';
import { eventually, openScene } from './scene.js';

hazard(
  'B23',
  async (on) => {
    const scene = await openScene(on);
    const { act, park } = await scene.host();
    let answered = 0;
    const count = () => {
      answered++;
    };
    // Nobody waits for what these polls will bring.
    for (let n = 0; n < 12; n++) park({}).then(count, count);
    await eventually(() => answered).toBeGreaterThanOrEqual(10);
    await within('the update of the workflow', act());
  },
  'the update of the workflow did not come',
);

test('B23 on ours: twelve readers of the official client wait, and all get the item', async () => {
  const scene = await openScene(onOurs);
  const { handle, act } = await scene.host();
  const { WorkflowStreamClient } = onOfficial.client;
  const readers = Array.from({ length: 12 }, () =>
    new WorkflowStreamClient(handle).subscribe().next(),
  );
  await act({ publish: 1 });
  for (const { value } of await within('all items', Promise.all(readers))) {
    expect(value?.offset).toBe(0);
  }
});
