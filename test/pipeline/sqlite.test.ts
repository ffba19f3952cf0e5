import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCursorStore } from 'streambook/pipeline';
import { afterAll, expect, test } from 'vitest';
import { describeCursorStore } from './store-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'streambook-cursors-'));
afterAll(() => rm(folder, { recursive: true }));

describeCursorStore('a cursor store in SQLite', () => join(folder, 'new', 'cursors.db'));

test('a file that is no database is named', async () => {
  const file = join(folder, 'letter.txt');
  writeFileSync(file, 'Dear reader, '.repeat(100));
  await expect(openCursorStore(file)).rejects.toThrow(`The SQLite file ${file} cannot be opened`);
});

test('a path that leads through a file is named', async () => {
  const file = join(folder, 'letter.txt', 'cursors.db');
  await expect(openCursorStore(file)).rejects.toThrow(`The SQLite file ${file} cannot be opened`);
});

test('a URL of another database is refused', async () => {
  await expect(openCursorStore('mysql://localhost/x')).rejects.toThrow('not in "mysql"');
});
