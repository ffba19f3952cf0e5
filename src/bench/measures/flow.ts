/** A stream under way: readers that are attached, a publisher that sends an item now and then. */
import { setTimeout as pause } from 'node:timers/promises';
import type { End } from '../ends.js';
import type { SideName } from '../sides.js';
import { playScene, type Scene, type Stage } from '../stage.js';
import { allHave, Reader } from './reader.js';
import { signalsBetween } from './signals.js';

/** What flows. */
export interface FlowOptions {
  side: SideName;
  readers: number;
  /** Before each item, in milliseconds. */
  pauses: readonly number[];
  /** Bytes of text that each item carries. */
  padding?: number;
  /** Time that items wait for company, in milliseconds; 0 sends each at once. @defaultValue 0 */
  batchInterval?: number;
}

/** What was seen of it. */
export interface Flow {
  /** From publish to receive, of each measured item at each reader, in milliseconds. */
  latencies: number[];
  /** Items and signals that came while the following was counted. */
  items: number;
  batches: number;
  /** What they added to the workflow's history. */
  events: number;
  bytes: number;
  /** Processor time of the worker, and of this process with its publisher and readers, in milliseconds. */
  workerMs: number;
  clientMs: number;
}

/** Items that every reader gets before the measured ones: by then every path has been taken. */
const WARM_UP = 5;
/** Between items that are not measured, in milliseconds. */
const FILLING_MS = 100;
/** Seconds that a scene may take beside the time in which the measured items are published. */
const LIMIT_SECONDS = 60;

/**
 * Lets items flow. Publisher and readers are in this process and share its clock. Items go on coming
 * until each reader is attached, and until each has all that are measured: where only so many readers
 * may wait at once, the others get their turn only when something comes.
 *
 * @throws Error when a reader fails, or does not get every item in time
 */
export function flow(stage: Stage, options: FlowOptions): Promise<Flow> {
  const { side, pauses } = options;
  const seconds = pauses.reduce((sum, pause) => sum + pause, 0) / 1_000;
  const limitSeconds = Math.ceil(2 * seconds) + LIMIT_SECONDS;
  return playScene(stage, { side, limitSeconds }, (scene) => flowIn(stage, scene, options));
}

/** Items that flow once on each worker before any is measured, and how fast, in milliseconds. */
const FIRST_ITEMS = 30;
const FIRST_PAUSE_MS = 20;

/** Starts the workers and lets items flow through each, until their code is compiled. */
export async function warmUp(stage: Stage): Promise<void> {
  const pauses = Array.from({ length: FIRST_ITEMS }, () => FIRST_PAUSE_MS);
  for (const side of ['ours', 'official', 'bare-query', 'bare-update'] as const) {
    await flow(stage, { side, readers: 1, pauses });
  }
}

async function flowIn(stage: Stage, scene: Scene, options: FlowOptions): Promise<Flow> {
  const { readers, pauses, padding = 0, batchInterval = 0 } = options;
  const end = scene.open(batchInterval === 0 ? {} : { batchInterval });
  const publisher = new FlowPublisher(end, 'x'.repeat(padding), batchInterval === 0);
  const reading = Array.from({ length: readers }, () => new Reader(end));

  await publisher.until(allHave(reading, WARM_UP));
  const first = publisher.published;
  const before = await look(scene);
  for (const ms of pauses) await publisher.publishAfter(ms);
  await publisher.until(allHave(reading, publisher.published));
  const after = await look(scene);
  return {
    latencies: reading.flatMap(({ latencies }) => latencies.slice(first, first + pauses.length)),
    items: publisher.published - first,
    batches: await signalsBetween(stage.client, scene.workflow, before.events, after.events),
    events: after.events - before.events,
    bytes: after.bytes - before.bytes,
    workerMs: after.workerMs - before.workerMs,
    clientMs: after.clientMs - before.clientMs,
  };
}

class FlowPublisher {
  published = 0;

  constructor(
    private readonly end: End,
    private readonly padding: string,
    private readonly isNow: boolean,
  ) {}

  async publishAfter(ms: number): Promise<void> {
    await pause(ms);
    const item = { n: this.published++, at: performance.now(), padding: this.padding };
    this.end.publish(item, this.isNow);
  }

  /** Goes on publishing until something has happened. @throws what it throws */
  async until(happened: Promise<void>): Promise<void> {
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    happened.then(over, over);
    while (!isOver) await Promise.race([this.publishAfter(FILLING_MS), happened]);
    await happened;
  }
}

async function look({ workflow, worker }: Scene) {
  const { historyLength: events, historySize: bytes = 0 } = await workflow.describe();
  const { cpuMs: workerMs } = await worker.usage();
  const { user, system } = process.cpuUsage();
  return { events, bytes, workerMs, clientMs: (user + system) / 1_000 };
}
