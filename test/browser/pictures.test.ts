/** The command that takes the README's pictures, on a real live book. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compiled, inClone } from '../../src/lab/clone.ts';
import { CHROMIUM } from './chromium.ts';
import { type RealBook, realBook } from './real-book.ts';

/** Of a book that begins, and of four runs, one with an answer that is written twice. In milliseconds. */
const PATIENCE = 180_000;

const takePictures = (...args: string[]) =>
  promisify(execFile)(process.execPath, [compiled('web', 'pictures.js'), ...args]);

/** Width and height of a PNG, in pixels (PNG specification, 11.2.2). */
function sizeOf(path: string): [width: number, height: number] {
  const bytes = readFileSync(path);
  expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

describe.skipIf(!CHROMIUM)('npm run pictures', () => {
  let book: RealBook;
  const folder = mkdtempSync(join(tmpdir(), 'streambook-pictures-'));

  beforeAll(async () => {
    book = await realBook();
    await book.start(/^Every panel is live/);
  }, PATIENCE);
  afterAll(async () => {
    await book?.kill();
    rmSync(folder, { recursive: true });
  });

  test(
    'takes one of each panel that the README shows, while it is used',
    async () => {
      await takePictures('--book', book.url, '--to', folder);
      const readme = readFileSync(inClone('README.md'), 'utf8');
      const names = [...readme.matchAll(/figures\/(panel-\w+\.png)/g)].map(([, name]) => name);
      expect(names).toHaveLength(4);
      for (const name of names) {
        const [width, height] = sizeOf(join(folder, `${name}`));
        expect(width, name).toBeGreaterThan(600);
        expect(height, name).toBeGreaterThan(400);
      }
    },
    PATIENCE,
  );

  test('says what to do when no book answers', async () => {
    await expect(
      takePictures('--book', 'http://127.0.0.1:9', '--to', folder),
    ).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No live book answers at http://127.0.0.1:9. Start one'),
    });
  });
});
