import { Pool, type PoolClient } from 'pg';
import type { Database, Query, Row } from './types.js';

/** A reader does one thing after the other. */
const CONNECTIONS = 2;

/** How long to wait for a connection, in milliseconds; without it, a wrong address waits for minutes. */
const CONNECT_TIMEOUT = 10_000;

/** Names the lock under which tables are made: any number that nobody else uses. */
const DEFINE_LOCK = 20_260_801;

/**
 * Opens a Postgres database.
 *
 * @param url - as `postgres://user:password@host:5432/database`
 * @throws Error when the URL is malformed; whether the database answers is seen at the first statement
 */
export async function openPostgres(url: string): Promise<Database> {
  const name = `Postgres, ${placeOf(url)}`;
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
  });
  // A connection that is lost while it is idle is replaced; unheard, the event would end the process.
  pool.on('error', () => {});

  const queryOn =
    (connection: Pool | PoolClient): Query =>
    async (text, values = []) =>
      (await connection.query<Row>(text, [...values])).rows;

  const transaction: Database['transaction'] = async (work) => {
    const connection = await pool.connect();
    try {
      await connection.query('begin');
      const result = await work(queryOn(connection));
      await connection.query('commit');
      connection.release();
      return result;
    } catch (error) {
      // Closing the connection rolls back, also when it is the connection that failed.
      connection.release(true);
      throw error;
    }
  };

  return {
    name,
    query: queryOn(pool),
    transaction,
    define: (ddl) =>
      transaction(async (run) => {
        // `create table if not exists` fails when two processes reach it at the same time.
        await run('select pg_advisory_xact_lock($1)', [DEFINE_LOCK]);
        await run(ddl);
      }),
    close: () => pool.end(),
  };
}

/** @throws Error when the URL has no meaning; its text may hold a password, so it is not told. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) {
    throw new Error(
      'The URL of the Postgres database is malformed. ' +
        'It should be like postgres://user:password@host:5432/database.',
    );
  }
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
