/** Kinds of lines that are remembered; more than a worker has. */
const MOST_KINDS = 100;

/**
 * Keeps lines that come again and again from filling a terminal: while a server is away, a worker complains of each
 * call that it tries.
 *
 * @param everyMs - a line of the same kind may be told again after this many milliseconds
 * @param now - the time, in milliseconds
 * @returns whether a line is worth telling; lines that differ in numbers only are of one kind
 */
export function onceInAWhile(
  everyMs: number,
  now: () => number = Date.now,
): (line: string) => boolean {
  const toldAt = new Map<string, number>();
  return (line) => {
    const kind = line.replaceAll(/\d+/g, '#');
    const last = toldAt.get(kind);
    if (last !== undefined && now() - last < everyMs) return false;
    if (toldAt.size >= MOST_KINDS) toldAt.clear();
    toldAt.set(kind, now());
    return true;
  };
}
