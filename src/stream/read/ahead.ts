/**
 * What a run left when it continued as new is in the log of the run that took over as well. Read there, it
 * costs a query to a workflow that is in a worker's memory; read where it was, a worker has to replay the
 * whole of the closed run first, which takes seconds when it was long.
 */
import type { ReadPage } from './cursor.js';
import type { Run, RunState } from './follow.js';

/** What is known of the log that is read. */
type KnownLog = Pick<ReadPage, 'end' | 'logId'>;

/**
 * A run whose rest is read in the run that took over, if that has all of it: the same log, from where the reader
 * is. If it has another log, or has forgotten something, the rest is read where it was, and the reader
 * learns of that afterwards.
 */
export function readAhead(run: Run, known: KnownLog = {}): Run {
  let successor: SeenAhead | undefined;

  async function read(offset: number): Promise<ReadPage> {
    const page = await run.read(offset);
    if (page.logId !== undefined) known = { logId: page.logId, end: page.end };
    return page;
  }

  return {
    async wait() {
      const state = await run.wait();
      // After a reset the logs part, which the reader is to find out.
      if (!state.successor || state.kept !== undefined) return state;
      successor = seenAhead(readAhead(state.successor, known));
      return { ...state, successor };
    },
    async read(offset) {
      if (!successor) return await read(offset);
      const page = await successor.look(offset);
      if (!goesOn(known, page, offset)) return await read(offset);
      // Nothing is read here, and that it is the same log is passed on to who looks ahead from before.
      return { ...page, items: [], next: offset, more: false };
    },
  };
}

/** Whether a page is of the log that is known, with nothing missing before it. */
function goesOn({ logId, end = 0 }: KnownLog, page: ReadPage, offset: number): boolean {
  const isSame = logId !== undefined && page.logId === logId;
  return isSame && page.base !== undefined && page.base <= offset && (page.end ?? 0) >= end;
}

/** A run that can be looked into before it is its turn. */
interface SeenAhead extends Run {
  look(offset: number): Promise<ReadPage>;
}

/** What was seen is not asked for again when it is the run's turn. */
function seenAhead(run: Run): SeenAhead {
  let state: Promise<RunState> | undefined;
  let seen: { offset: number; page: ReadPage } | undefined;
  return {
    async look(offset) {
      state ??= run.wait();
      await state;
      seen = { offset, page: await run.read(offset) };
      return seen.page;
    },
    async wait() {
      const first = state;
      state = undefined;
      return await (first ?? run.wait());
    },
    async read(offset) {
      const page = seen?.offset === offset ? seen.page : undefined;
      seen = undefined;
      return page ?? (await run.read(offset));
    },
  };
}
