import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { defineInbox, openCursorStore, tallyInbox } from 'streambook/pipeline';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'streambook-two-'));
const script = fileURLToPath(new URL('./writer.mjs', import.meta.url));
afterAll(() => rm(folder, { recursive: true }));

test('processes that read one place at the same time cause each effect once', async () => {
  const file = join(folder, 'together.db');
  const write = () => promisify(execFile)(process.execPath, [script, file, 'until-done']);
  await Promise.all([write(), write(), write()]);
  const store = await openCursorStore(file);
  await defineInbox(store.database);
  const tally = await tallyInbox(store.database.query, 'ada', 'run');
  expect([...tally]).toEqual(Array.from({ length: 50 }, (_, offset) => [offset, 1]));
  await store.close();
});

test('what is stored outlives a process that is killed in the next instant, and what is half done does not', async () => {
  const file = join(folder, 'killed.db');
  const child = fork(script, [file, 'until-killed'], { execArgv: [] });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  const store = await openCursorStore(file);
  await defineInbox(store.database);
  expect(await store.load('ada', 'run')).toBe(3);
  expect([...(await tallyInbox(store.database.query, 'ada', 'run')).keys()]).toEqual([0, 1, 2]);
  await store.close();
});
