/** One relay for each stream that somebody watches. */
import { StreamRelay, type WorkflowStreamClient } from 'streambook/client';
import { readings, type StreamReading } from 'streambook/sse';

// #region relays
/** Most bytes that a relay holds of its stream: far more than an answer has. */
const MAX_BYTES = 1024 * 1024;

/** The streams that are watched through this process, each read once. */
export class Relays {
  private readonly relays = new Map<string, StreamRelay>();

  /**
   * @param open - opens a stream
   * @param max - how many streams may be watched at once
   */
  constructor(
    private readonly open: (id: string) => WorkflowStreamClient,
    private readonly max = 1_000,
  ) {}

  /** How many streams are watched. */
  get size(): number {
    return this.relays.size;
  }

  /** Whether somebody watches this stream. */
  has(id: string): boolean {
    return this.relays.has(id);
  }

  /** Whether there is no room for a stream that nobody watches yet. */
  isFull(id: string): boolean {
    return this.relays.size >= this.max && !this.relays.has(id);
  }

  /**
   * Reads a stream together with all others who watch it. Its relay is made for the first of them, and let go
   * when the last one has left.
   *
   * @param from - the first offset wanted
   * @param signal - ends the reading
   */
  async *read(
    id: string,
    topics: readonly string[],
    from: number,
    signal: AbortSignal,
  ): AsyncGenerator<StreamReading, void, void> {
    const known = this.relays.get(id);
    const relay = known ?? new StreamRelay(this.open(id), { maxBytes: MAX_BYTES });
    if (!known) this.relays.set(id, relay);
    try {
      yield* readings(relay, topics, from, signal);
    } finally {
      if (relay.consumers === 0 && this.relays.get(id) === relay) this.relays.delete(id);
    }
  }
}
// #endregion relays
