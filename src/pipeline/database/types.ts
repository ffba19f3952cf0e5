/** A row of an answer, by the names of its columns. */
export type Row = Record<string, unknown>;

/** Runs one statement, in which `$1`, `$2`, … stand for the values, and returns its rows. */
export type Query = (text: string, values?: readonly (string | number)[]) => Promise<Row[]>;

/** As much of a database as a reader needs; the same SQL runs on SQLite and on Postgres. */
export interface Database {
  /** Which one it is and where, without the password, for people. */
  name: string;
  query: Query;
  /**
   * Runs statements in one transaction: all of them come about, or, when the work throws or the process
   * dies, none.
   */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Runs `create table if not exists`, which two processes may do at once. */
  define(ddl: string): Promise<void>;
  close(): Promise<void>;
}
