import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'libsql';
import type { Database, Query, Row } from './types.js';

/** How long a statement waits for another process to finish its transaction, in milliseconds. */
const BUSY_TIMEOUT = 5_000;

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
      connection.exec('begin immediate');
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
    query: (text, values) => inTurn(() => query(text, values)),
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
    return connection;
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(`The SQLite file ${file} cannot be opened: ${message}`, { cause });
  }
}
