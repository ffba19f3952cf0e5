import { openPostgres } from './postgres.js';
import { openSqlite } from './sqlite.js';
import type { Database } from './types.js';

/** What comes before the `//` of a URL. */
const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i;

/**
 * Opens a database: Postgres by its URL, or else a SQLite file by its path.
 *
 * @param where - `postgres://…`, `postgresql://…`, or the path of a file
 * @throws Error when it cannot be reached, or is a URL of something else
 */
export async function openDatabase(where: string): Promise<Database> {
  const scheme = SCHEME.exec(where)?.[1]?.toLowerCase();
  if (!scheme) return openSqlite(where);
  if (scheme === 'postgres' || scheme === 'postgresql') return openPostgres(where);
  throw new Error(
    `A cursor is kept in Postgres or in a SQLite file, and not in "${scheme}". ` +
      'Set DATABASE_URL to postgres://user:password@host/database, or unset it for SQLite.',
  );
}
