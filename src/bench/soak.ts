/** `npm run bench -- soak`: one reader, a steady load, and a workflow that continues as new again and again. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Progress } from '../lab/progress.js';
import type { ServerLimits } from '../lab/server/embedded.js';
import type { End } from './ends.js';
import { GO_SIGNAL } from './hosts/names.js';
import type { Figures } from './results.js';
import { playScene, type Scene, type SceneOptions, type Stage } from './stage.js';
import { percentile } from './statistics.js';

/** Events after which the server suggests to continue as new; by default 4,096, which takes minutes. */
const SUGGESTED_AFTER = 240;
/** Time between two items, and how long they wait for company: two batches a second, five items each. */
const GAP_MS = 100;
const BATCH_INTERVAL_MS = 500;
/** Between two lines of progress. */
const TOLD_EACH_MS = 60_000;
/** For the reader to get what is left when the load has ended. */
const PATIENCE_SECONDS = 60;

/** The server's side of a soak: a rollover about each half a minute. */
export const SOAK_LIMITS: ServerLimits = {
  'limit.historyCount.suggestContinueAsNew': SUGGESTED_AFTER,
};

/** What a reader found. */
export class Tally {
  items = 0;
  /** Items that never came. */
  gaps = 0;
  /** Items that came again. */
  duplicates = 0;
  private next = 0;

  /** Takes the number of the item that came. */
  take(n: number): void {
    this.items++;
    if (n < this.next) this.duplicates++;
    else this.gaps += n - this.next;
    this.next = Math.max(this.next, n + 1);
  }

  /** Takes the end: nothing comes any more of so many items. */
  end(published: number): void {
    this.gaps += Math.max(published - this.next, 0);
  }

  /** `N items, N rollovers, no gap, no duplicate` */
  describe(rollovers: number): string {
    const counted = [plural(this.items, 'item'), plural(rollovers, 'rollover')];
    const bad = [
      this.gaps === 0 ? 'no gap' : `${plural(this.gaps, 'item')} missing`,
      this.duplicates === 0 ? 'no duplicate' : plural(this.duplicates, 'duplicate'),
    ];
    return [...counted, ...bad].join(', ');
  }
}

function plural(count: number, word: string): string {
  return `${count.toLocaleString('en-GB')} ${word}${count === 1 ? '' : 's'}`;
}

/**
 * Publishes for some minutes to a workflow that continues as new whenever it should, and reads along.
 *
 * @param stage - of a server with {@link SOAK_LIMITS}
 * @returns its figures, when nothing was missing and nothing came twice
 * @throws Error with what the reader found, otherwise
 */
export function soak(stage: Stage, minutes: number, onProgress: Progress): Promise<Figures> {
  const limitSeconds = minutes * 60 + 2 * PATIENCE_SECONDS;
  const setting: SceneOptions = { side: 'ours', workflow: 'soaking', args: [0], limitSeconds };
  return playScene(stage, setting, (scene) => play(scene, minutes, onProgress));
}

async function play(scene: Scene, minutes: number, onProgress: Progress): Promise<Figures> {
  const end = scene.open({ batchInterval: BATCH_INTERVAL_MS });
  const tally = new Tally();
  const latencies: number[] = [];
  const reading = read(end, tally, latencies);
  const published = await publish(end, minutes, () => {
    onProgress(`soak: ${plural(tally.items, 'item')} received`);
  });
  await scene.workflow.signal(GO_SIGNAL);
  await reading;
  tally.end(published);
  const rollovers = (await scene.workflow.result()) as number;
  const summary = tally.describe(rollovers);
  if (tally.gaps > 0 || tally.duplicates > 0) throw new Error(summary);
  if (rollovers === 0) throw new Error(`${summary}: it has to last longer.`);
  console.log(summary);
  const figures = {
    minutes: [minutes, 'minutes'],
    items: [tally.items, 'items'],
    rollovers: [rollovers, 'rollovers'],
    gaps: [tally.gaps, 'items'],
    duplicates: [tally.duplicates, 'items'],
    p50: [percentile(latencies, 50), 'ms'],
    p99: [percentile(latencies, 99), 'ms'],
  } as const;
  return Object.fromEntries(
    Object.entries(figures).map(([name, [value, unit]]) => {
      return [`soak/ours/${name}`, { value, low: value, high: value, unit, rounds: 1 }];
    }),
  );
}

async function publish(end: End, minutes: number, tell: () => void): Promise<number> {
  const begin = performance.now();
  let told = begin;
  let published = 0;
  while (performance.now() - begin < minutes * 60_000) {
    end.publish({ n: published++, at: performance.now() }, false);
    await pause(GAP_MS);
    if (performance.now() - told < TOLD_EACH_MS) continue;
    told = performance.now();
    tell();
  }
  await end.flush();
  return published;
}

async function read(end: End, tally: Tally, latencies: number[]): Promise<void> {
  for await (const value of end.read(0)) {
    const { n, at } = value as { n: number; at: number };
    tally.take(n);
    latencies.push(performance.now() - at);
  }
}
