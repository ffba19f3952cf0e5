/** What an item takes in the memory of the workflow that hosts it. */
import type { Measure } from '../measure.js';
import { SIDES } from '../sides.js';
import { playScene } from '../stage.js';
import { startBenchWorker } from '../worker-process.js';
import { fillWith } from './fill.js';

/** Bytes of text in an item. */
const PADDING = 100;
/** Items before the measured ones, after which every path of the worker's code has been taken. */
const WARM_UP = 1_000;
const LIMIT_SECONDS = 60;
const SECONDS = 6;

/**
 * The worker runs its workflows in its main thread (`debugMode` of the SDK), where a collected heap
 * can be measured before and after: what has grown is the log, whatever its host keeps it in. The
 * SDK's native part, which keeps nothing of a task that is done, is left out.
 */
export const memory: Measure = {
  name: 'memory',
  about: 'heap of the workflow’s worker for each item of the log',
  topics: ['memory'],
  comparisons: ({ remembered }) => {
    const id = `memory/${PADDING}/{side}/bytes-per-item`;
    return [
      {
        name: `${remembered.toLocaleString('en-GB')} items`,
        sides: ['ours', 'official'],
        units: { [id]: 'bytes' },
        seconds: SECONDS,
        async turn(stage, side) {
          const options = { oneThread: true };
          const worker = await startBenchWorker(SIDES[side].host, stage.server, options);
          try {
            const setting = { side, worker, limitSeconds: LIMIT_SECONDS };
            const bytes = await playScene(stage, setting, async ({ open }) => {
              const end = open();
              await fillWith(end, WARM_UP, item);
              const before = await worker.heap();
              await fillWith(end, remembered, item);
              const after = await worker.heap();
              return after.heapBytes - before.heapBytes;
            });
            return { [id]: bytes / remembered };
          } finally {
            await worker.stop();
          }
        },
      },
    ];
  },
};

function item(n: number): unknown {
  return { n, text: 'x'.repeat(PADDING) };
}
