/** Latencies, counted by the millisecond, so that ten minutes of them take no more room than one. */
export class Latencies {
  /** Longer ones are counted as this long, in milliseconds. */
  static readonly LONGEST_MS = 60_000;
  private readonly counts = new Map<number, number>();
  private total = 0;

  /** @param ms - one latency; a clock that is a little off may make it negative, which counts as none */
  add(ms: number, times = 1): void {
    const key = Math.min(Latencies.LONGEST_MS, Math.max(0, Math.round(ms)));
    this.counts.set(key, (this.counts.get(key) ?? 0) + times);
    this.total += times;
  }

  /** How many there are. */
  get size(): number {
    return this.total;
  }

  /** The smallest latency that at least this part of all is not above. @param part - from 0 to 1 */
  percentile(part: number): number {
    let seen = 0;
    const ascending = [...this.counts].sort(([a], [b]) => a - b);
    for (const [ms, count] of ascending) {
      seen += count;
      if (seen >= part * this.total) return ms;
    }
    return 0;
  }

  /** As pairs of milliseconds and counts, to be sent to another process. */
  entries(): [number, number][] {
    return [...this.counts];
  }
}
