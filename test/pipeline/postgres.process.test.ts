import { openCursorStore } from 'streambook/pipeline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPostgres, type Postgres, startPostgres } from './postgres.ts';
import { describeCursorStore } from './store-contract.ts';

const url = process.env.TEST_DATABASE_URL;
const binaries = findPostgres();

// Where there is no Postgres, sqlite.test.ts runs the same SQL and the same tests.
describe.skipIf(!url && !binaries)(
  'with a real Postgres (TEST_DATABASE_URL, or initdb found)',
  () => {
    let server: Postgres | undefined;
    beforeAll(async () => {
      if (!url && binaries) server = await startPostgres(binaries);
    });
    afterAll(() => server?.stop());

    describeCursorStore('a cursor store in Postgres', () => url ?? server?.url ?? '');

    test('many processes may make the tables at once', async () => {
      const where = url ?? server?.url ?? '';
      const stores = await Promise.all(Array.from({ length: 8 }, () => openCursorStore(where)));
      for (const store of stores) await store.close();
    });
  },
);

test('a database that does not answer is named, without its password', async () => {
  const opening = openCursorStore('postgres://ada:secret@127.0.0.1:1/books');
  await expect(opening).rejects.toThrow(
    /^No cursors can be kept in Postgres, 127\.0\.0\.1:1\/books: connect ECONNREFUSED/,
  );
  await expect(openCursorStore('postgres://ada:secret@[')).rejects.not.toThrow(/secret/);
});
