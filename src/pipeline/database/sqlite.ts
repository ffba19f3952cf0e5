import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'libsql';
import type { Database, Query, Row } from './types.js';

/** How long to wait for another connection to finish its transaction, in milliseconds. */
const BUSY_TIMEOUT = 5_000;
/** How often to look whether it has, in milliseconds. */
const BUSY_WAIT = 5;

/**
 * Opens a SQLite file, and makes it when it is not there. What a transaction has stored is still there
 * when the process is killed in the next instant.
 *
 * @param file - path of the file
 * @throws Error when the file cannot be opened or is no database
 */
export async function openSqlite(file: string): Promise<Database> {
  const connection = connect(file);
  const query: Query = async (text, values = []) =>
    connection.prepare(text).all(...values) as Row[];

  // There is one connection, so what is asked while a transaction is under way would become part of it.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };

  const transaction: Database['transaction'] = (work) =>
    inTurn(async () => {
      // `immediate` takes the right to write at once: two readers of one cursor then take turns.
      await whenFree(async () => void connection.exec('begin immediate'));
      try {
        const result = await work(query);
        connection.exec('commit');
        return result;
      } catch (error) {
        connection.exec('rollback');
        throw error;
      }
    });

  return {
    name: `SQLite, ${file}`,
    query: (text, values) => inTurn(() => whenFree(() => query(text, values))),
    transaction,
    define: (ddl) => transaction(async (run) => void (await run(ddl))),
    close: () => inTurn(async () => void connection.close()),
  };
}

function connect(file: string): Sqlite.Database {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const connection = new Sqlite(file, { timeout: BUSY_TIMEOUT });
    // A write-ahead log lets one process read while another one writes.
    connection.prepare('pragma journal_mode = wal').all();
    connection.prepare('pragma busy_timeout = 0').all();
    return connection;
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(`The SQLite file ${file} cannot be opened: ${message}`, { cause });
  }
}

/**
 * Repeats what fails because another connection is writing. SQLite's own wait would hold up all of this
 * process, in which the other connection may be, half-way through its transaction.
 */
async function whenFree<T>(action: () => Promise<T>): Promise<T> {
  for (const expires = Date.now() + BUSY_TIMEOUT; ; ) {
    try {
      return await action();
    } catch (error) {
      const isBusy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!isBusy || Date.now() >= expires) throw error;
      await delay(BUSY_WAIT);
    }
  }
}
