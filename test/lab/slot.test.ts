import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockPath } from '../../src/lab/lock.ts';
import { readRecord, type Slot, takeSlot, writeRecord } from '../../src/lab/server/slot.ts';

let base: string;
let folders: string[];
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'streambook-slot-'));
  folders = [join(base, 'server-1'), join(base, 'server-2')];
});
afterEach(() => rm(base, { recursive: true }));

async function take(): Promise<Slot> {
  const slot = await takeSlot(folders);
  if (!slot) throw new Error('no slot was free');
  return slot;
}

it('gives two owners at once different slots', async () => {
  const slots = await Promise.all([take(), take()]);
  expect(slots.map(({ folder }) => folder).sort()).toEqual(folders);
  for (const slot of slots) await slot.release();
});

it('has none when every slot is held', async () => {
  const slots = [await take(), await take()];
  expect(await takeSlot(folders)).toBeUndefined();
  for (const slot of slots) await slot.release();
});

it('gives the slot that was given back to the next owner', async () => {
  const first = await take();
  await first.release();
  const second = await take();
  expect(second.folder).toBe(first.folder);
  await second.release();
});

it('names its owner in the slot', async () => {
  const slot = await take();
  expect(readRecord(slot.folder)).toEqual({ owner: process.pid });
  await slot.release();
});

it('takes the slot of a killed owner at once, with what it left', async () => {
  const [folder = ''] = folders;
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  await mkdir(lockPath(folder), { recursive: true });
  await writeRecord(folder, { owner: dead, pid: 1, address: '127.0.0.1:7233' });
  const slot = await take();
  expect(slot).toMatchObject({ folder, left: { owner: dead, address: '127.0.0.1:7233' } });
  await slot.release();
});

it('leaves a fresh lock alone while its owner lives', async () => {
  const [folder = '', next] = folders;
  await mkdir(lockPath(folder), { recursive: true });
  await writeRecord(folder, { owner: process.ppid });
  const slot = await take();
  expect(slot.folder).toBe(next);
  await slot.release();
});
