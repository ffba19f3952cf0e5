import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inClone } from '../clone.js';
import { lockPath, type Release, tryLock } from '../lock.js';
import { isAlive } from '../tools/process.js';
import { writeWhole } from '../write.js';

/**
 * What a slot says about the server that runs on its data, so that other processes of the clone
 * can use that server, and the next owner can find one that was left behind.
 */
export interface SlotRecord {
  /** The process that holds the slot. */
  owner: number;
  /** The server's process, once it runs. */
  pid?: number;
  address?: string;
  uiUrl?: string;
  /** As in {@link TemporalServer}. */
  source?: string;
}

/** A folder with the data of one embedded server, held by this process. */
export interface Slot {
  folder: string;
  /** What the last owner left, if it did not clean up. */
  left?: SlotRecord;
  release: Release;
}

/** Two books side by side are common, this many are a mistake. */
const MAX_SLOTS = 20;

/** The folders for embedded servers of this clone: the first one free is used. */
export function slotFolders(): string[] {
  return Array.from({ length: MAX_SLOTS }, (_, index) =>
    inClone('.streambook', `server-${index + 1}`),
  );
}

/** The file of a slot's data, which outlives the server. */
export function databaseIn(folder: string): string {
  return join(folder, 'temporal.db');
}

/**
 * Takes the first folder that no living process holds.
 *
 * @param folders - candidates, in order of preference
 * @returns `undefined` when all are held
 */
export async function takeSlot(folders: readonly string[]): Promise<Slot | undefined> {
  for (const folder of folders) {
    const release = (await tryLock(folder)) ?? (await lockOfTheDead(folder));
    if (!release) continue;
    const left = readRecord(folder);
    await writeRecord(folder, { owner: process.pid });
    return { folder, left, release };
  }
  return undefined;
}

/** An owner that was killed leaves a lock that looks fresh for a while; its pid tells. */
async function lockOfTheDead(folder: string): Promise<Release | undefined> {
  const record = readRecord(folder);
  if (!record || isAlive(record.owner)) return undefined;
  await rm(lockPath(folder), { recursive: true, force: true });
  return tryLock(folder);
}

/** @returns what a slot says, or `undefined` when it says nothing or nonsense */
export function readRecord(folder: string): SlotRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(recordFile(folder), 'utf8')) as SlotRecord;
    return Number.isInteger(record.owner) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces what a slot says in one step, since others read it at any time. */
export async function writeRecord(folder: string, record: SlotRecord): Promise<void> {
  writeWhole(recordFile(folder), JSON.stringify(record, null, 2));
}

function recordFile(folder: string): string {
  return join(folder, 'server.json');
}
