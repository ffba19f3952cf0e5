/** What a tape is drawn from. */
export interface TapeDrawing {
  /** What the log holds, or what a reader received. */
  items: readonly {
    offset: number;
    topic: string;
    /** Whether it no longer counts, though the log holds it. */
    isPale?: boolean;
  }[];
  /** The first offset that the log still holds. */
  base: number;
  /** Readers, each with the offset that it wants next. */
  cursors: readonly {
    name: string;
    offset: number;
    /** Whether it is not reading at the moment. */
    isAway?: boolean;
  }[];
  /** Items that were truncated before a reader came to them: from an offset up to, not including, another. */
  dropped?: readonly { from: number; to: number }[];
}

/** A place on the tape: one offset, or a long run of offsets of which nothing is left. */
export interface Slot {
  from: number;
  /** Not included. */
  to: number;
  /**
   * - `item`: the log holds it
   * - `other`: the log holds it, and the drawing was not given it, as when a reader wants one topic only
   * - `dropped`: truncated before a reader came to it
   * - `gone`: truncated
   * - `coming`: nothing has been appended there yet
   */
  kind: 'item' | 'other' | 'dropped' | 'gone' | 'coming';
  topic: string | undefined;
  isPale?: boolean;
}

/** Runs of offsets without an item that are longer than this are drawn as one place. */
const RUN_MAX_CELLS = 5;

/** The offset that the next item will get, as far as the drawing knows. */
export function nextOffset({ items, base, dropped = [] }: TapeDrawing): number {
  return Math.max(base, ...items.map(({ offset }) => offset + 1), ...dropped.map(({ to }) => to));
}

/** A place for each offset of a log that will have so many, whatever has become of them so far. */
export function slotsUntil(drawing: TapeDrawing, end: number): Slot[] {
  const items = new Map(drawing.items.map((item) => [item.offset, item]));
  const next = nextOffset(drawing);
  return Array.from({ length: end }, (_, offset) => {
    const item = items.get(offset);
    return {
      from: offset,
      to: offset + 1,
      kind: offset < next ? kindIn(drawing, offset, item !== undefined) : 'coming',
      topic: item?.topic,
      isPale: item?.isPale ?? false,
    };
  });
}

/** All places of a tape, from the first offset that plays a role to the last. */
export function slotsOf(drawing: TapeDrawing): Slot[] {
  const { items, base, cursors, dropped = [] } = drawing;
  const topics = new Map(items.map(({ offset, topic }) => [offset, topic]));
  const first = Math.min(
    base,
    ...topics.keys(),
    ...cursors.map(({ offset }) => offset),
    ...dropped.map(({ from }) => from),
  );
  const kindOf = (offset: number) => kindIn(drawing, offset, topics.has(offset));
  const slots: Slot[] = [];
  for (let from = first; from < nextOffset(drawing); ) {
    const kind = kindOf(from);
    let to = from + 1;
    if (kind !== 'item') while (to < nextOffset(drawing) && kindOf(to) === kind) to += 1;
    const isShort = to - from <= RUN_MAX_CELLS;
    for (let at = from; at < to; at = isShort ? at + 1 : to) {
      slots.push({ from: at, to: isShort ? at + 1 : to, kind, topic: topics.get(at) });
    }
    from = to;
  }
  return slots;
}

function kindIn(
  { dropped = [], base }: TapeDrawing,
  offset: number,
  isItem: boolean,
): Slot['kind'] {
  if (dropped.some(({ from, to }) => from <= offset && offset < to)) return 'dropped';
  if (isItem) return 'item';
  return offset < base ? 'gone' : 'other';
}
