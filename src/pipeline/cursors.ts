/** Where readers keep their places: one row for each person and run. */
import { openDatabase } from './database/open.js';
import type { Database, Query } from './database/types.js';

// #region sql
const TABLE = `create table if not exists cursors (
  user_id text not null,
  run_id text not null,
  next_offset bigint not null,
  primary key (user_id, run_id)
)`;

const LOAD = 'select next_offset from cursors where user_id = $1 and run_id = $2';

/** Moves a cursor forward, and returns no row when it is there already: it never moves back. */
const MOVE = `insert into cursors (user_id, run_id, next_offset) values ($1, $2, $3)
  on conflict (user_id, run_id) do update set next_offset = excluded.next_offset
  where cursors.next_offset < excluded.next_offset
  returning next_offset`;
// #endregion sql

// #region store
/** Remembers for each person and run of a workflow which offset comes next. */
export interface CursorStore {
  /** The next offset wanted: 0 for who has never been here. */
  load(user: string, run: string): Promise<number>;
  /** Stores the next offset wanted, which after an item is its offset + 1. */
  save(user: string, run: string, nextOffset: number): Promise<void>;
  /**
   * Stores the next offset and causes an effect in the same database, in one transaction: both or neither.
   *
   * @param effect - its statements; not run when the cursor is as far already, as another reader of the
   *   same place may have moved it
   * @returns whether the effect was caused
   */
  saveWith(
    user: string,
    run: string,
    nextOffset: number,
    effect: (query: Query) => Promise<void>,
  ): Promise<boolean>;
  /** The database in which the rows are. */
  database: Database;
  close(): Promise<void>;
}
// #endregion store

/**
 * Opens the store, and makes its table when it is not there.
 *
 * @param where - a Postgres URL, or the path of a SQLite file
 * @throws Error when the database cannot be opened
 */
export async function openCursorStore(where: string): Promise<CursorStore> {
  const database = await openDatabase(where);
  try {
    await database.define(TABLE);
  } catch (cause) {
    await database.close();
    const { message } = cause as Error;
    throw new Error(`No cursors can be kept in ${database.name}: ${message}`, { cause });
  }
  return cursorStore(database);
}

// #region cursor-store
function cursorStore(database: Database): CursorStore {
  return {
    async load(user, run) {
      const [row] = await database.query(LOAD, [user, run]);
      return Number(row?.next_offset ?? 0);
    },
    async save(user, run, nextOffset) {
      await database.query(MOVE, [user, run, nextOffset]);
    },
    saveWith(user, run, nextOffset, effect) {
      return database.transaction(async (query) => {
        const moved = await query(MOVE, [user, run, nextOffset]);
        if (moved.length === 0) return false;
        await effect(query);
        return true;
      });
    },
    database,
    close: () => database.close(),
  };
}
// #endregion cursor-store
