import type { Gap, RunEvent, RunInfo } from './wire.js';

/** What one reader of a run was told, and the page has drawn. */
export type Told = [reader: string, reading: RunEvent | Gap];

/**
 * Where each reader of a run goes on. That is computed from what was drawn and never kept beside it, so that the two
 * cannot part.
 */
export function cursorsAfter(told: readonly Told[]): Map<string, number> {
  return new Map(told.map(([reader, reading]) => [reader, nextOffset(reading)]));
}

/**
 * Checks what a tab has kept: others may have written into its storage, and an older book may have.
 *
 * @param kept - what was kept, of any shape
 * @returns what each reader was told, without a hole; nothing when any of it makes no sense
 */
export function checkTold(kept: unknown, { readers, topics }: RunInfo): Told[] {
  if (!Array.isArray(kept)) return [];
  const next = new Map(readers.map((reader) => [reader, 0]));
  for (const one of kept) {
    if (!Array.isArray(one)) return [];
    const [reader, reading] = one;
    const offset = next.get(reader);
    if (offset === undefined || !isReading(reading, topics)) return [];
    if (('to' in reading ? reading.from : reading.offset) !== offset) return [];
    next.set(reader, nextOffset(reading));
  }
  return kept;
}

function nextOffset(reading: RunEvent | Gap): number {
  return 'to' in reading ? reading.to : reading.offset + 1;
}

function isReading(value: unknown, topics: readonly string[]): value is RunEvent | Gap {
  if (typeof value !== 'object' || value === null) return false;
  if ('to' in value) return 'from' in value && isOffset(value.to) && value.to > Number(value.from);
  const { offset, topic, data } = value as Partial<RunEvent>;
  const isKnown = typeof topic === 'string' && topics.includes(topic);
  return isOffset(offset) && isKnown && data !== undefined;
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
