import { Worker } from 'node:worker_threads';
import type { Book } from '../book/book.js';
import { type BookTypes, knownTypes } from '../book/types/cache.js';
import { compiled } from '../lab/clone.js';

/** Types for pages that cannot wait for them. */
export interface LateTypes {
  /** What is known now. */
  typesOf(book: Book): BookTypes;
  /**
   * Finds the others beside what else goes on, if any were missing when {@link LateTypes.typesOf} was last asked; it
   * takes some ten seconds.
   *
   * @returns whether there is anything new to show
   */
  find(): Promise<boolean>;
  stop(): Promise<void>;
}

/** @param root - the folder that holds `book.config.json` */
export function createLateTypes(root: string): LateTypes {
  let areMissing = false;
  let finding: Worker | undefined;
  return {
    typesOf(book) {
      const { types, areCurrent } = knownTypes(book);
      areMissing = !areCurrent;
      return types;
    },
    async find() {
      if (!areMissing || finding !== undefined) return false;
      areMissing = false;
      const worker = new Worker(compiled('book', 'types', 'find.js'), { workerData: root });
      finding = worker;
      // A chapter that is being written has mistakes, and a page without types can be read all the same.
      worker.on('error', () => undefined);
      const code = await new Promise((resolve) => worker.once('exit', resolve));
      finding = undefined;
      return code === 0;
    },
    async stop() {
      await finding?.terminate();
    },
  };
}
