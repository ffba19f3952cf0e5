/** What a reader gets of the items that a workflow publishes as it returns. */
import { setTimeout as pause } from 'node:timers/promises';
import { GO_SIGNAL } from '../hosts/names.js';
import type { Comparison, Measure } from '../measure.js';
import type { SideName } from '../sides.js';
import { playScene, type Scene } from '../stage.js';
import { LAST_ITEMS } from '../targets.js';

const SIDES: readonly SideName[] = ['ours', 'ours-tuned', 'official', 'official-tuned'];
/** Time for a reader to attach, in milliseconds; nothing tells when it has. */
const ATTACHED_MS = 500;
const LIMIT_SECONDS = 30;
const SECONDS = 1.5;

/** When the workflow ends, seen from its reader. */
interface Ending {
  /** What the id of its figure calls it. */
  when: string;
  name: string;
  /** Whether the workflow waits until it is told to end. */
  isPatient: boolean;
  /** How many of the last items a reader gets. */
  play: (scene: Scene) => Promise<number>;
}

const ENDINGS: readonly Ending[] = [
  {
    when: 'at-once',
    name: 'the workflow returns in its first task',
    isPatient: false,
    play: count,
  },
  {
    when: 'waiting',
    name: 'the reader waits for items',
    isPatient: true,
    async play(scene) {
      const received = count(scene);
      // Looked at below; until then nobody waits for it.
      received.catch(() => {});
      await pause(ATTACHED_MS);
      await finish(scene);
      return received;
    },
  },
  {
    when: 'reading',
    name: 'the reader has just got an item',
    isPatient: true,
    async play(scene) {
      const end = scene.open();
      end.publish({ n: 0 }, true);
      let items = 0;
      for await (const _ of end.read(0)) {
        if (items++ === 0) await scene.workflow.signal(GO_SIGNAL);
      }
      return items - 1;
    },
  },
  {
    when: 'after',
    name: 'the reader comes after the end',
    isPatient: true,
    async play(scene) {
      await finish(scene);
      return count(scene);
    },
  },
];

export const ending: Measure = {
  name: 'ending',
  about: 'items received of a workflow that publishes as it returns',
  topics: ['ending'],
  comparisons: () => ENDINGS.map(comparisonOf),
};

function comparisonOf({ when, name, isPatient, play }: Ending): Comparison {
  const id = `ending/${when}/{side}/items`;
  return {
    name,
    sides: SIDES,
    units: { [id]: `items of ${LAST_ITEMS.toLocaleString('en-GB')}` },
    seconds: SECONDS,
    async turn(stage, side) {
      const args = [LAST_ITEMS, isPatient];
      const options = { args, limitSeconds: LIMIT_SECONDS };
      const setting = { side, workflow: 'finishing' as const, ...options };
      return { [id]: await playScene(stage, setting, play) };
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
