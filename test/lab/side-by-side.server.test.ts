import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cacheFolder } from '../../src/lab/server/binary.ts';
import { startEmbedded } from '../../src/lab/server/embedded.ts';
import { findBinary } from '../../src/lab/server/find.ts';
import { openLocal } from '../../src/lab/server/local.ts';
import { databaseIn, takeSlot, writeRecord } from '../../src/lab/server/slot.ts';
import { temporalSources } from '../../src/lab/server/sources.ts';
import { isAlive } from '../../src/lab/tools/process.ts';

let base: string;
let folders: string[];
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'streambook-beside-'));
  folders = [join(base, 'server-1'), join(base, 'server-2')];
});
afterEach(() => rm(base, { recursive: true, force: true }));

const onProgress = () => {};
function find() {
  const folder = cacheFolder();
  return findBinary({ sources: temporalSources(process.env, folder), folder, onProgress });
}

it('gives two books that start at once ports and data of their own', async () => {
  const options = { folders, reuse: false, findBinary: find, onProgress };
  const servers = await Promise.all([openLocal(options), openLocal(options)]);
  const distinct = (key: 'address' | 'uiUrl' | 'pid') => new Set(servers.map((it) => it[key])).size;
  expect([distinct('address'), distinct('uiUrl'), distinct('pid')]).toEqual([2, 2, 2]);
  for (const server of servers) await server.stop();
});

it('ends the server that a dead owner left on the data before it starts its own', async () => {
  const [folder = ''] = folders;
  const { path: binary } = await find();
  const slot = await takeSlot([folder]);
  const { pid, address } = await startEmbedded({ binary, folder });
  await writeRecord(folder, { owner: process.pid, pid, address });
  await slot?.release();
  // Its keeper is gone as well, or it would have ended the server, or started it again.
  process.kill(Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)])), 'SIGKILL');

  const options = { folders: [folder], reuse: false, findBinary: find, onProgress };
  const server = await openLocal(options);
  expect(isAlive(pid)).toBe(false);
  expect(server.address).toBe(address);
  await server.stop();
});

it('leaves a stranger alone that got the process id of the server that was left', async () => {
  const [folder = ''] = folders;
  const slot = await takeSlot([folder]);
  await writeRecord(folder, { owner: process.pid, pid: process.ppid, address: '127.0.0.1:1' });
  await slot?.release();
  const server = await openLocal({ folders: [folder], reuse: true, findBinary: find, onProgress });
  expect(isAlive(process.ppid)).toBe(true);
  expect(server.owned).toBe(true);
  expect(databaseIn(folder)).toContain(base);
  await server.stop();
});
