import type { CursorStore } from './cursors.js';
import type { Query } from './database/types.js';

/** Whether the cursor is stored before the effect, after it, or in one transaction with it. */
export const ORDERS = ['store-first', 'effect-first', 'together'] as const;
export type Order = (typeof ORDERS)[number];

/** Whose place, and in which run. */
export interface Place {
  user: string;
  run: string;
}

/** What taking an item consists of. */
export interface Taking extends Place {
  offset: number;
  /** What the item makes happen. */
  effect(query: Query): Promise<void>;
  /** Called half-way: between the effect and the storing. A test crashes here. */
  halfWay?(): void;
}

// #region take
/** Takes one item: causes its effect and moves the cursor past it, in the given order. */
export async function take(cursors: CursorStore, order: Order, taking: Taking): Promise<void> {
  const { user, run, offset, effect, halfWay = () => {} } = taking;
  const { query } = cursors.database;
  switch (order) {
    case 'store-first':
      await cursors.save(user, run, offset + 1);
      halfWay();
      await effect(query);
      break;
    case 'effect-first':
      await effect(query);
      halfWay();
      await cursors.save(user, run, offset + 1);
      break;
    case 'together':
      await cursors.saveWith(user, run, offset + 1, async (inTransaction) => {
        await effect(inTransaction);
        halfWay();
      });
  }
}
// #endregion take
