/** Drives the plan of a relay: opens what it wants read, reads, and wakes the consumers. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Payload } from '@temporalio/common';
import type { Gap } from '../read/cursor.js';
import type { EndStatus } from '../read/follow.js';
import type { Subscription } from '../read/subscription.js';
import { type Consumer, type Feed, tooSlow } from './consumer.js';
import { type RelayItem, toRelayItem } from './item.js';
import type { Lane, Outcome } from './lane.js';
import { type Next, Plan } from './plan.js';
import type { RingLimits } from './ring.js';

/** Opens a subscription to all topics. */
export type Open = (
  from: number,
  options: { signal: AbortSignal; onGap: (gap: Gap) => void },
) => Subscription<Payload>;

type RelayLane = Lane<RelayItem, Consumer, EndStatus>;

/** What a session reads, and whom it tells. */
export interface SessionSettings extends RingLimits {
  open: Open;
  /** Tells where the stream ends now. */
  getOffset(): Promise<number>;
  /** Is told when nobody should join any more: the last consumer has left, or the stream has failed. */
  onClosed(): void;
}

/** How long consumers wait for another reading of the past before it makes way, in milliseconds. */
const PATIENCE = 1_000;

/**
 * How long the items of a page may go out in one breath, in milliseconds. A burst to a thousand consumers
 * would otherwise keep this process from everything else, their own writes to a network included.
 */
const BREATH = 10;

/** A lane that is being read. */
interface Reading {
  stop: AbortController;
  /** Resumes it when it waits for room, or for somebody to ask. */
  wake(): void;
}

/** From the first consumer of a relay to the last one. */
export class Session implements Feed {
  private readonly plan: Plan<RelayItem, Consumer, EndStatus>;
  private readonly readings = new Map<RelayLane, Reading>();
  private isOpening = false;
  private patience: NodeJS.Timeout | undefined;

  constructor(private readonly settings: SessionSettings) {
    this.plan = new Plan(settings);
  }

  join(consumer: Consumer): void {
    this.plan.add(consumer);
    this.adjust();
  }

  leave(consumer: Consumer): void {
    this.plan.remove(consumer);
    if (this.plan.size === 0) this.settings.onClosed();
    this.adjust();
  }

  take(consumer: Consumer): Next<RelayItem, EndStatus> | undefined {
    const next = this.plan.take(consumer);
    this.adjust();
    return next;
  }

  /** Starts, resumes and stops readings, as the consumers now need them. */
  private adjust(): void {
    for (const [lane, { stop, wake }] of this.readings) {
      if (!this.plan.isRead(lane)) stop.abort();
      wake();
    }
    if (this.plan.isGathering) this.openSoon();
  }

  /** Opens what has to be opened, after those who come in the same breath have come too. */
  private openSoon(): void {
    if (this.isOpening) return;
    this.isOpening = true;
    queueMicrotask(() => {
      this.isOpening = false;
      this.open(false);
      if (!this.plan.isGathering) return;
      this.patience ??= setTimeout(() => {
        this.patience = undefined;
        this.open(true);
        if (this.plan.isGathering) this.openSoon();
      }, PATIENCE).unref();
    });
  }

  private open(isImpatient: boolean): void {
    const lane = this.plan.open(isImpatient);
    if (!lane) return;
    clearTimeout(this.patience);
    this.patience = undefined;
    this.adjust();
    void this.read(lane);
    if (lane === this.plan.past && !this.plan.live?.hasBegun) void this.checkEnd();
  }

  /** Asks where the stream ends, when the live reading may have begun after that. */
  private async checkEnd(): Promise<void> {
    // Without an answer both are read until they meet.
    const end = await this.settings.getOffset().catch(() => Infinity);
    const { past } = this.plan;
    const lane = this.plan.restart(end);
    if (!lane) return;
    this.adjust();
    void this.read(lane);
    if (past) this.wake(past);
  }

  /** Reads for a lane until it has ended, or nobody needs it any more. */
  private async read(lane: RelayLane): Promise<void> {
    const stop = new AbortController();
    const reading: Reading = { stop, wake: () => {} };
    this.readings.set(lane, reading);
    const onGap = ({ to }: Gap): void => {
      if (!this.plan.isRead(lane)) return;
      this.plan.forget(lane, to);
      this.wake(lane);
    };
    let source: Subscription<Payload> | undefined;
    try {
      source = this.settings.open(lane.from, { signal: stop.signal, onGap });
      for (let breath = performance.now(); ; ) {
        await this.untilDue(lane, reading);
        if (!this.plan.isRead(lane)) return;
        const { done, value } = await source.next();
        if (!this.plan.isRead(lane)) return;
        if (done) this.end(lane, { status: source.status });
        else this.place(lane, this.plan.arrive(lane, toRelayItem(value)));
        if (performance.now() < breath + BREATH) continue;
        await nextTurn();
        breath = performance.now();
      }
    } catch (error) {
      if (this.plan.isRead(lane)) this.end(lane, { error });
    } finally {
      this.readings.delete(lane);
      stop.abort();
      // Not awaited: a source parked in a call must not keep anybody here.
      source?.return().catch(() => {});
      if (this.plan.isGathering) this.openSoon();
    }
  }

  /** Resolves when a lane has to be read on, or not any more. */
  private async untilDue(lane: RelayLane, reading: Reading): Promise<void> {
    for (;;) {
      if (lane.hand) this.place(lane, this.plan.makeRoom(lane));
      if (this.plan.mayRead(lane) || !this.plan.isRead(lane)) return;
      await new Promise<void>((resolve) => {
        reading.wake = resolve;
      });
    }
  }

  private place(lane: RelayLane, dropped: Consumer[]): void {
    for (const consumer of dropped) consumer.fail(tooSlow(consumer.cursor));
    this.wake(lane);
  }

  private end(lane: RelayLane, outcome: Outcome<EndStatus>): void {
    this.plan.end(lane, outcome);
    // What failed here may work for who comes next, who therefore begins anew.
    if (lane === this.plan.live && 'error' in outcome) this.settings.onClosed();
    this.wake(lane);
  }

  /** Answers the consumers of a lane, and those who have just gone over from it to the live one. */
  private wake(lane: RelayLane): void {
    for (const consumer of lane.members) consumer.answer();
    if (!lane.hasMet) return;
    for (const consumer of this.plan.live?.members ?? []) consumer.answer();
  }
}
