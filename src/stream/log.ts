import { itemBytes } from './size.js';

/** What is appended: a topic and the encoded value. */
export interface Entry {
  topic: string;
  /** A serialized `Payload` in base64; the log never looks inside. */
  data: string;
}

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
}

// #region log
/**
 * An append-only list of entries, each named by its offset: 0, 1, 2, … An offset belongs to one
 * entry for ever, over all topics, which is what lets a reader leave and come back.
 */
export class Log {
  /** The first offset that the log still holds. */
  readonly base = 0;
  private readonly entries: Entry[] = [];

  /** The offset that the next entry will get. */
  get next(): number {
    return this.base + this.entries.length;
  }

  /** Adds an entry at the end and returns its offset. */
  append({ topic, data }: Entry): number {
    return this.entries.push({ topic, data }) - 1 + this.base;
  }
  // #endregion log

  // #region read
  /**
   * Returns the entries from an offset on that match the topics, as many as fit into `maxBytes`.
   * The first match is always returned, however big: a reader must be able to get past it.
   */
  read({ from = 0, topics = [], maxBytes = Number.POSITIVE_INFINITY }: ReadOptions = {}): Page {
    const wanted = new Set(topics);
    const items: Item[] = [];
    let bytes = 0;
    let offset = Math.max(from, this.base);
    for (; offset < this.next; offset++) {
      const entry = this.entries[offset - this.base] as Entry;
      if (wanted.size > 0 && !wanted.has(entry.topic)) continue;
      bytes += itemBytes(entry);
      if (bytes > maxBytes && items.length > 0) return { items, next: offset, more: true };
      items.push({ ...entry, offset });
    }
    return { items, next: offset, more: false };
  }
  // #endregion read
}
