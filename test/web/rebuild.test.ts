import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { oneAtATime, rebuildOnSave } from '../../src/web/rebuild.ts';
import { withResolvers } from './book-under-test.ts';

test('saves during a build lead to one more build, after it', async () => {
  const gates = [withResolvers<void>(), withResolvers<void>()];
  const log: string[] = [];
  let started = 0;
  const done = withResolvers<void>();
  const ask = oneAtATime(async () => {
    const build = started++;
    log.push(`begin ${build}`);
    await gates[build]?.promise;
    log.push(`end ${build}`);
    if (build === 1) done.resolve();
  });
  for (let saves = 0; saves < 3; saves++) ask();
  expect(log).toEqual(['begin 0']);
  for (const gate of gates) gate.resolve();
  await done.promise;
  expect(log).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1']);
});

describe('a build follows', () => {
  async function buildAfter(watched: string, folder: string, save: () => void) {
    const built = withResolvers<void>();
    const stop = rebuildOnSave({
      paths: [join(folder, watched)],
      build: async () => built.resolve(),
      onError: (error) => expect.unreachable(String(error)),
    });
    onTestFinished(stop);
    save();
    await built.promise;
  }

  test('a save in a watched folder', async () => {
    const folder = temporaryFolder();
    await buildAfter('.', folder, () => writeFileSync(join(folder, '01-order.md'), '# An order'));
  });

  test.each(['.', 'book.config.json'])(
    'a save by renaming a new file over the old one, when %s is watched',
    async (watched) => {
      const folder = temporaryFolder();
      const [file, fresh] = [join(folder, 'book.config.json'), join(temporaryFolder(), 'fresh')];
      writeFileSync(file, '{}');
      writeFileSync(fresh, '{ }');
      await buildAfter(watched, folder, () => renameSync(fresh, file));
    },
  );
});

test('a file is heard of however often it is saved, by renaming and in its place, in a folder that is new', async () => {
  const folder = temporaryFolder();
  let heard = withResolvers<void>();
  const stop = rebuildOnSave({
    paths: [folder],
    build: async () => heard.resolve(),
    onError: (error) => expect.unreachable(String(error)),
    settleMs: 5,
  });
  onTestFinished(stop);
  const saved = async (save: () => void) => {
    heard = withResolvers<void>();
    save();
    await heard.promise;
  };
  await saved(() => mkdirSync(join(folder, 'chapters')));
  const file = join(folder, 'chapters', '01-order.md');
  const rename = (text: string) => {
    const fresh = join(temporaryFolder(), 'fresh');
    writeFileSync(fresh, text);
    renameSync(fresh, file);
  };
  await saved(() => rename('first'));
  await saved(() => rename('second'));
  await saved(() => writeFileSync(file, 'third'));
  await saved(() => rename('fourth'));
});

test('a folder that cannot be watched is told, and the others are watched all the same', async () => {
  const folder = temporaryFolder();
  const built = withResolvers<void>();
  const errors: unknown[] = [];
  const stop = rebuildOnSave({
    paths: [join(folder, 'missing'), folder],
    build: async () => built.resolve(),
    onError: (error) => errors.push(error),
  });
  onTestFinished(stop);
  expect(errors).toEqual([expect.objectContaining({ code: 'ENOENT' })]);
  writeFileSync(join(folder, '01-order.md'), '# An order speaks');
  await built.promise;
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'streambook-watch-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
