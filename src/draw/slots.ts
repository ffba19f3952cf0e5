/** What a tape is drawn from. */
export interface TapeDrawing {
  /** What the log holds, or what a reader received. */
  items: readonly { offset: number; topic: string }[];
  /** The first offset that the log still holds. */
  base: number;
  /** Readers, each with the offset that it wants next. */
  cursors: readonly { name: string; offset: number }[];
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
   */
  kind: 'item' | 'other' | 'dropped' | 'gone';
  topic: string | undefined;
}

/** Runs of offsets without an item that are longer than this are drawn as one place. */
const RUN_MAX_CELLS = 5;

/** The offset that the next item will get, as far as the drawing knows. */
export function nextOffset({ items, base, dropped = [] }: TapeDrawing): number {
  return Math.max(base, ...items.map(({ offset }) => offset + 1), ...dropped.map(({ to }) => to));
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
  const kindOf = (offset: number): Slot['kind'] => {
    if (dropped.some(({ from, to }) => from <= offset && offset < to)) return 'dropped';
    if (topics.has(offset)) return 'item';
    return offset < base ? 'gone' : 'other';
  };
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
