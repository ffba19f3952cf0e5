/** What a reader gets of the items that a workflow publishes as it returns. */
import { setTimeout as pause } from 'node:timers/promises';
import { GO_SIGNAL } from '../hosts/names.js';
import type { Comparison, Measure } from '../measure.js';
import type { SideName } from '../sides.js';
import { playScene, type Scene } from '../stage.js';
import { LAST_ITEMS } from '../targets.js';

const SIDES: readonly SideName[] = ['ours', 'official', 'official-tuned'];
/** Time for a reader to attach, in milliseconds; nothing tells when it has. */
const ATTACHED_MS = 500;
const LIMIT_SECONDS = 30;
const SECONDS = 1.5;

export const ending: Measure = {
  name: 'ending',
  about: 'items received of a workflow that publishes as it returns',
  topics: ['ending'],
  comparisons: () => [
    comparison('at-once', 'the reader is attached', async (scene) => {
      const received = count(scene);
      // Looked at below; until then nobody waits for it.
      received.catch(() => {});
      await pause(ATTACHED_MS);
      await finish(scene);
      return received;
    }),
    comparison('after', 'the reader comes after the end', async (scene) => {
      await finish(scene);
      return count(scene);
    }),
  ],
};

function comparison(
  when: string,
  name: string,
  play: (scene: Scene) => Promise<number>,
): Comparison {
  const id = `ending/${when}/{side}/items`;
  return {
    name,
    sides: SIDES,
    units: { [id]: `items of ${LAST_ITEMS.toLocaleString('en-GB')}` },
    seconds: SECONDS,
    async turn(stage, side) {
      const limits = { limitSeconds: LIMIT_SECONDS };
      const setting = { side, workflow: 'finishing' as const, args: [LAST_ITEMS], ...limits };
      const items = await playScene(stage, setting, play);
      return { [id]: items };
    },
  };
}

async function finish({ workflow }: Scene): Promise<void> {
  await workflow.signal(GO_SIGNAL);
  await workflow.result();
}

/** How many items a reader gets before its subscription ends. */
async function count({ open }: Scene): Promise<number> {
  let items = 0;
  for await (const _ of open().read(0)) items++;
  return items;
}
