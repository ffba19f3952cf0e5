/** The whole numbers from one up to, but without, another. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** 0, 1, 2, …: so many numbers. */
export function upTo(count: number): number[] {
  return range(0, count);
}

/** Resolves to the offsets of all that is left of a subscription. */
export async function offsetsOf(items: AsyncIterable<{ offset: number }>): Promise<number[]> {
  const all: number[] = [];
  for await (const { offset } of items) all.push(offset);
  return all;
}
