/** The first of ascending moments after a time; the last one when there is none. */
export function momentAfter(moments: readonly number[], at: number): number {
  return moments.find((moment) => moment > at) ?? moments.at(-1) ?? 0;
}

/** The last of ascending moments before a time; 0 when there is none: nothing has happened then. */
export function momentBefore(moments: readonly number[], at: number): number {
  return moments.findLast((moment) => moment < at) ?? 0;
}
