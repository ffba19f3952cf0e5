import { itemBytes } from './size.js';

// #region entry
/** What is appended: a topic and the encoded value. */
export interface Entry {
  topic: string;
  /** A serialized `Payload` in base64; the log never looks inside. */
  data: string;
}

/** An entry with what is known of it. */
interface Stored extends Entry {
  /** Its size, which is computed once. */
  bytes: number;
  /** How long the workflow's history was when it was appended, which tells the workflow task. */
  task: number;
}
// #endregion entry

// #region page
/** What is read: an entry with the offset that it was given. */
export interface Item extends Entry {
  offset: number;
}

/** A piece of the log, and where to go on. */
export interface Page {
  items: Item[];
  /** The offset to read from next: one past the last entry that was looked at. */
  next: number;
  /** True when the page was cut short, so there is more to read at once. */
  more: boolean;
}

/** Which part of the log to read. */
export interface ReadOptions {
  /** First offset to look at. @defaultValue 0, the start of the log */
  from?: number;
  /** Topics to return; an empty list means all. @defaultValue all */
  topics?: readonly string[];
  /** Most bytes of JSON that the items may take together. @defaultValue no limit */
  maxBytes?: number;
  /** The offset before which to stop. @defaultValue the end of the log */
  end?: number;
}
// #endregion page

// #region retention
/** How much of a log to keep; what is older is forgotten. */
export interface Retention {
  /** Most items. @defaultValue no limit */
  items?: number;
  /** Most bytes of JSON that the items take; the newest item is kept however big. @defaultValue no limit */
  bytes?: number;
}
// #endregion retention

// #region log
/**
 * An append-only list of entries, each named by its offset: 0, 1, 2, … An offset belongs to one
 * entry for ever, over all topics, which is what lets a reader leave and come back.
 */
export class Log {
  private readonly entries: Stored[] = [];
  private total = 0;

  /** @param first - the first offset that the log holds: 0, unless it carries an older log on */
  constructor(private first = 0) {}

  /** The first offset that the log still holds. */
  get base(): number {
    return this.first;
  }

  /** The offset that the next entry will get. */
  get next(): number {
    return this.base + this.entries.length;
  }

  // #region bytes
  /** The bytes of JSON that the entries take as items. */
  get bytes(): number {
    return this.total;
  }
  // #endregion bytes

  /** Adds an entry at the end and returns its offset. */
  append({ topic, data }: Entry, task = 0): number {
    const bytes = itemBytes({ topic, data });
    this.total += bytes;
    return this.entries.push({ topic, data, bytes, task }) - 1 + this.base;
  }
  // #endregion log

  // #region read
  /**
   * Returns the entries from an offset on that match the topics, as many as fit into `maxBytes`.
   * The first match is always returned, however big: a reader must be able to get past it.
   */
  read(options: ReadOptions = {}): Page {
    const { from = 0, topics = [], maxBytes = Number.POSITIVE_INFINITY, end = this.next } = options;
    const wanted = new Set(topics);
    const items: Item[] = [];
    let total = 0;
    let offset = Math.max(from, this.base);
    for (; offset < end; offset++) {
      const { topic, data, bytes } = this.entries[offset - this.base] as Stored;
      if (wanted.size > 0 && !wanted.has(topic)) continue;
      total += bytes;
      if (total > maxBytes && items.length > 0) return { items, next: offset, more: true };
      items.push({ topic, data, offset });
    }
    return { items, next: offset, more: false };
  }
  // #endregion read

  // #region end-after
  /** The end of the log as it was after a workflow task, named by the event that completed it. */
  endAfter(task: number): number {
    // Who asks is close behind, so this looks at the last few.
    let end = this.entries.length;
    while (end > 0 && (this.entries[end - 1] as Stored).task > task) end--;
    return this.base + end;
  }
  // #endregion end-after

  // #region since-4
  // #region truncate
  /**
   * Forgets the entries before an offset. Those that are left keep theirs.
   *
   * @throws RangeError when the offset is past the end, or no whole number
   */
  truncate(upTo: number): void {
    if (upTo <= this.base) return;
    if (!Number.isInteger(upTo) || upTo > this.next) {
      throw new RangeError(`Cannot truncate to offset ${upTo}: the log ends at ${this.next}.`);
    }
    for (const { bytes } of this.entries.splice(0, upTo - this.base)) this.total -= bytes;
    this.first = upTo;
  }
  // #endregion truncate

  // #region keep
  /** Forgets the oldest entries until the rest is within the limits; the newest one stays. */
  keep({ items = Number.POSITIVE_INFINITY, bytes = Number.POSITIVE_INFINITY }: Retention): void {
    let kept = this.entries.length;
    let left = this.total;
    for (const entry of this.entries) {
      if (kept <= 1 || (kept <= items && left <= bytes)) break;
      kept--;
      left -= entry.bytes;
    }
    this.truncate(this.next - kept);
  }
  // #endregion keep
  // #endregion since-4
}
