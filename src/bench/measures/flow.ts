/** A stream under way: readers that are attached, a publisher that sends an item now and then. */
import { setTimeout as pause } from 'node:timers/promises';
import type { End } from '../ends.js';
import type { SideName } from '../sides.js';
import { playScene, type Scene, type Stage } from '../stage.js';

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
  /** From publish to receive, of each item at each reader, in milliseconds. */
  latencies: number[];
  /** What the measured items added to the workflow's history. */
  events: number;
  bytes: number;
  /** Signals that brought them. */
  batches: number;
  /** Processor time while they flowed, in milliseconds. */
  workerMs: number;
  clientMs: number;
}

interface Sent {
  n: number;
  at: number;
  padding: string;
}

/** Items before the measured ones: the readers are attached, and every path has been taken. */
const WARM_UP = 5;
/** Most seconds after the last item: the client tries a call again for about that long. */
const PATIENCE_SECONDS = 15;

/**
 * Lets items flow. Publisher and readers are in this process and share its clock.
 *
 * @throws Error when a reader fails, or does not get every item within {@link PATIENCE_SECONDS}
 */
export function flow(stage: Stage, options: FlowOptions): Promise<Flow> {
  const { side, pauses, batchInterval = 0 } = options;
  const ms = pauses.reduce((sum, pause) => sum + pause, batchInterval);
  const limitSeconds = ms / 1_000 + PATIENCE_SECONDS;
  return playScene(stage, { side, limitSeconds }, (scene) => flowIn(scene, options));
}

async function flowIn(scene: Scene, options: FlowOptions): Promise<Flow> {
  const { readers, pauses, padding = 0, batchInterval = 0 } = options;
  const end = scene.open(batchInterval === 0 ? {} : { batchInterval });
  const isNow = batchInterval === 0;
  const text = 'x'.repeat(padding);
  const publish = (n: number) => end.publish({ n, at: performance.now(), padding: text }, isNow);

  const reading = Array.from({ length: readers }, () => new Reader(end));
  for (let n = 0; n < WARM_UP; n++) {
    publish(n);
    await end.flush();
    await Promise.all(reading.map((reader) => reader.until(n)));
  }
  const before = await look(scene);
  for (const [index, ms] of pauses.entries()) {
    await pause(ms);
    publish(WARM_UP + index);
  }
  await end.flush();
  await Promise.all(reading.map((reader) => reader.until(WARM_UP + pauses.length - 1)));
  const after = await look(scene);
  return {
    latencies: reading.flatMap(({ latencies }) => latencies.slice(WARM_UP)),
    events: after.events - before.events,
    bytes: after.bytes - before.bytes,
    batches: (await signalsOf(scene)) - WARM_UP,
    workerMs: after.workerMs - before.workerMs,
    clientMs: after.clientMs - before.clientMs,
  };
}

/** One reader, which notes when it got what. */
class Reader {
  readonly latencies: number[] = [];
  private readonly ended: Promise<never>;
  private next = 0;
  private wake = (): void => {};

  constructor(end: End) {
    this.ended = this.follow(end);
    this.ended.catch(() => {});
  }

  private async follow(end: End): Promise<never> {
    for await (const value of end.read(0)) {
      const { n, at } = value as Sent;
      this.latencies.push(performance.now() - at);
      if (n !== this.next) throw new Error(`a reader got item ${n} instead of ${this.next}`);
      this.next = n + 1;
      this.wake();
    }
    throw new Error(`a reader ended after ${this.next} items`);
  }

  /** Resolves when it has an item. @throws what ended it before */
  until(n: number): Promise<void> {
    const here = new Promise<void>((resolve) => {
      this.wake = () => {
        if (this.next > n) resolve();
      };
      this.wake();
    });
    return Promise.race([here, this.ended]);
  }
}

async function look({ workflow, worker }: Scene) {
  const { historyLength: events, historySize: bytes = 0 } = await workflow.describe();
  const { cpuMs: workerMs } = await worker.usage();
  const { user, system } = process.cpuUsage();
  return { events, bytes, workerMs, clientMs: (user + system) / 1_000 };
}

async function signalsOf({ workflow }: Scene): Promise<number> {
  const { events } = await workflow.fetchHistory();
  return (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length;
}
