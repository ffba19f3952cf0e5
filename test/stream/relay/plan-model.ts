/** Drives a plan as a relay does, against a stream that is an array; records what consumers get. */
import type { Lane } from '../../../src/stream/relay/lane.js';
import { type Next, Plan } from '../../../src/stream/relay/plan.js';
import type { Slow, Topical } from '../../../src/stream/relay/position.js';

export const LIMITS = { maxItems: 4, maxBytes: 20 };

/** A consumer, and everything that it got. */
export interface ModelConsumer {
  cursor: number;
  isFixed: boolean;
  topics: ReadonlySet<string> | undefined;
  slow: Slow;
  isAsking: boolean;
  readonly from: number;
  readonly got: Next<Topical, string>[];
  isOver: boolean;
}

type ModelLane = Lane<Topical, ModelConsumer, string>;

export class Model {
  readonly plan = new Plan<Topical, ModelConsumer, string>(LIMITS);
  readonly log: Topical[] = [];
  readonly consumers: ModelConsumer[] = [];
  base = 0;
  hasEnded = false;
  private readonly sources = new Map<ModelLane, { offset: number; isFixed: boolean }>();

  append(topic: string, bytes: number): void {
    if (!this.hasEnded) this.log.push({ topic, bytes, offset: this.log.length });
  }

  truncate(upTo: number): void {
    this.base = Math.max(this.base, Math.min(upTo, this.log.length));
  }

  join(from: number, topics: string[], slow: Slow): ModelConsumer {
    const consumer: ModelConsumer = {
      cursor: from,
      isFixed: from > 0,
      topics: topics.length > 0 ? new Set(topics) : undefined,
      slow,
      isAsking: false,
      from,
      got: [],
      isOver: false,
    };
    this.consumers.push(consumer);
    this.plan.add(consumer);
    return consumer;
  }

  leave(consumer: ModelConsumer): void {
    consumer.isOver = true;
    consumer.isAsking = false;
    this.plan.remove(consumer);
  }

  ask(consumer: ModelConsumer): void {
    if (consumer.isOver) return;
    consumer.isAsking = true;
    this.answer();
  }

  open(isImpatient: boolean): void {
    this.begin(this.plan.open(isImpatient));
  }

  restart(): void {
    this.begin(this.plan.restart(this.log.length));
    this.answer();
  }

  private begin(lane: ModelLane | undefined): void {
    if (!lane) return;
    this.sources.set(lane, { offset: lane.from, isFixed: lane.from > 0 });
  }

  /** Reads one item for a lane if it may be read; returns whether there was something. */
  read(which: 'live' | 'past'): boolean {
    const lane = this.plan[which];
    if (!lane) return false;
    this.drop(this.plan.makeRoom(lane));
    const source = this.sources.get(lane);
    if (!source || !this.plan.mayRead(lane)) {
      this.answer();
      return false;
    }
    if (source.offset < this.base) {
      source.offset = this.base;
      if (source.isFixed) this.plan.forget(lane, this.base);
      this.answer();
    }
    if (!this.plan.isRead(lane)) return true;
    source.isFixed = true;
    const item = this.log[source.offset];
    if (item) {
      source.offset++;
      this.drop(this.plan.arrive(lane, { ...item }));
    } else if (this.hasEnded) {
      this.plan.end(lane, { status: 'COMPLETED' });
    }
    this.answer();
    return item !== undefined;
  }

  fail(which: 'live' | 'past'): void {
    const lane = this.plan[which];
    if (lane && this.plan.isRead(lane)) this.plan.end(lane, { error: 'failed' });
    this.answer();
  }

  private drop(consumers: ModelConsumer[]): void {
    for (const consumer of consumers) {
      consumer.got.push({ kind: 'tooSlow', from: consumer.cursor });
      this.leave(consumer);
    }
  }

  private answer(): void {
    for (const consumer of this.consumers) {
      while (consumer.isAsking) {
        const next = this.plan.take(consumer);
        if (!next) break;
        consumer.got.push(next);
        if (next.kind === 'item') consumer.isAsking = false;
        if (next.kind === 'tooSlow' || next.kind === 'end') this.leave(consumer);
      }
    }
  }
}
