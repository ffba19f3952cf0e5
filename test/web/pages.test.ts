import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLive } from '../../src/web/live.ts';
import { createPages } from '../../src/web/pages.ts';

/** The smallest book that can be built: one chapter, written again by the test. */
function openSmallBook() {
  const root = mkdtempSync(join(tmpdir(), 'streambook-small-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'chapters'));
  mkdirSync(join(root, 'src/web/browser'), { recursive: true });
  writeFileSync(join(root, 'src/web/browser/panel.css'), '.run-panel {}');
  const chapters = [{ slug: '01-small', title: 'Small' }];
  const parts = [{ title: 'Part', chapters }];
  const config = { title: 'Book', subtitle: 'Small', parts, scenarios: [] };
  writeFileSync(join(root, 'book.config.json'), JSON.stringify(config));

  const live = createLive();
  const lines: string[] = [];
  const pages = createPages(root, join(root, 'pages'), live, (line) => lines.push(line));
  const write = (text: string) =>
    writeFileSync(join(root, 'chapters/01-small.md'), `# Small\n\nA lede.\n\n${text}\n`);
  return { live, lines, pages, root, write };
}

test('each build has a name of its own, by which a page knows that it is old', async () => {
  const { live, lines, pages, write } = openSmallBook();
  write('Some text.');
  await pages.build();
  const first = live.state().build;
  await pages.build();
  expect(first).not.toBe('');
  expect(live.state().build).not.toBe(first);
  expect(lines).toEqual([]);
});

test('the script of the panels is one file, and another build leaves it alone', async () => {
  const { pages, root, write } = openSmallBook();
  write('Some text.');
  await pages.build();
  const script = join(root, 'pages/assets/panel.js');
  expect(readFileSync(script, 'utf8')).not.toMatch(/(from|import)\s*["']\./);
  const { ino, mtimeMs } = statSync(script);
  write('Another text.');
  await pages.build();
  expect(statSync(script)).toMatchObject({ ino, mtimeMs });
});

test('a mistake is told with its place, and the pages stay those of the build before', async () => {
  const { live, lines, pages, write } = openSmallBook();
  write('Some text.');
  await pages.build();
  const { build } = live.state();

  write('[a link](nowhere.md)');
  expect(await pages.build()).toBeUndefined();
  expect(live.state()).toMatchObject({
    build,
    problem: expect.stringMatching(/^chapters\/01-small\.md:5: /),
  });
  expect(lines).toEqual([expect.stringContaining('chapters/01-small.md:5: ')]);

  write('Mended.');
  await pages.build();
  expect(live.state().problem).toBeUndefined();
});

test('a page is shown before its cells were recorded, and says that they were not', async () => {
  const { live, lines, pages, root, write } = openSmallBook();
  write('```ts run\nconst answer = 41 + 1;\n```');
  expect(await pages.build()).toBeDefined();
  expect(readFileSync(join(root, 'pages/01-small.html'), 'utf8')).toContain('answer');
  const problem = expect.stringContaining('chapters/01-small.md:5: the chapter was never recorded');
  expect(live.state()).toMatchObject({ build: expect.stringMatching(/^\d+$/), problem });
  expect(lines).toEqual([problem]);

  write('Mended.');
  await pages.build();
  expect(live.state().problem).toBeUndefined();
});

test('types come when they are found, without a reload of the pages that are open', async () => {
  const { live, pages, root, write } = openSmallBook();
  write('```ts run\nconst answer = 41 + 1;\n```');
  const page = () => readFileSync(join(root, 'pages/01-small.html'), 'utf8');
  await pages.build();
  const { build } = live.state();
  expect(page()).not.toContain('data-type');
  await pages.findTypes();
  expect(page()).toContain('data-type');
  expect(live.state().build).toBe(build);
  write('```ts run\nconst answer = 41 + 1;\n```\n\nMore prose.');
  await pages.build();
  expect(page()).toContain('data-type');
}, 30_000);
