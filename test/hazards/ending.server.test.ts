/** How a subscription ends: B12, B21, B22, B24, B29. */
import { expect } from 'vitest';
import { hazard, within } from './hazard.js';
import { workerLog } from './implementation.js';
import { collect, openScene } from './scene.js';

hazard(
  'B12',
  async (on) => {
    const scene = await openScene(on);
    const { handle, park } = await scene.host();
    await park({});
    workerLog.length = 0;
    await handle.signal('act', [{ end: true }]);
    await handle.result();
    expect(workerLog.join(), 'the worker says nothing').not.toContain('TMPRL1102');
  },
  'the worker says nothing',
);

hazard(
  'B21',
  async (on) => {
    const scene = await openScene(on);
    const { handle, stream } = await scene.host({ steps: [{ publish: 1 }] });
    const reader = stream.subscribe();
    await within('the first item', reader.next());
    await handle.signal('act', [{ end: true }]);
    await handle.result();
    await scene.host({ steps: [{ publish: 1 }, { publish: 'other' }] }, handle.workflowId);
    const { value } = await within('the end', reader.next());
    expect(value, 'nothing of the other workflow').toBeUndefined();
  },
  'nothing of the other workflow',
);

hazard(
  'B22',
  async (on) => {
    const scene = await openScene(on);
    const { handle, stream } = await scene.host({ steps: [{ publish: 1 }] });
    const reader = stream.subscribe();
    await within('the first item', reader.next());
    await handle.signal('act', [{ publish: 'last' }, { end: true }]);
    await handle.result();
    expect(await within('the end', collect(reader)), 'the last item').toHaveLength(1);
  },
  'the last item',
);

hazard(
  'B24',
  async (on) => {
    const scene = await openScene(on);
    const { stream, parked } = await scene.host();
    const reader = stream.subscribe();
    const next = reader.next();
    await parked(1);
    const end = { done: true, value: undefined };
    expect(await within('the return', reader.return())).toEqual(end);
    expect(await within('the end', next)).toEqual(end);

    const stop = new AbortController();
    const waiting = stream.subscribe([], 0, { signal: stop.signal }).next();
    stop.abort();
    expect(await within('the end', waiting)).toEqual(end);
  },
  'the return did not come',
);

hazard(
  'B29',
  async (on) => {
    const scene = await openScene(on);
    const { handle, stream } = await scene.host();
    const reader = stream.subscribe();
    const items = collect(reader);
    await handle.terminate();
    expect(await within('the end', items)).toEqual([]);
    expect(reader.status, 'how the workflow ended').toBe('TERMINATED');
  },
  'how the workflow ended',
);
