/** What the README says of the repository is looked up in the repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { headingId } from '../src/book/chapter/markdown.ts';
import { inClone } from '../src/lab/clone.ts';

const README = readFileSync(inClone('README.md'), 'utf8');
const PROSE = README.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');

/** The section under a heading. */
function section(heading: string): string {
  const [, text] =
    README.match(new RegExp(`^## ${heading}\\n(.*?)(?=^## |$(?![\\s\\S]))`, 'ms')) ?? [];
  if (text === undefined) throw new Error(`README.md has no section "${heading}"`);
  return text;
}

/** The first cells of the rows of a section's table. */
function rowsOf(heading: string): string[] {
  const rows = section(heading).matchAll(/^\| *(.+?) *\|/gm);
  return [...rows].map(([, cell = '']) => cell).slice(2);
}

/** Folders of the clone that are kept in the repository. */
function folders(...path: string[]): string[] {
  const made = ['node_modules', 'dist', '_book'];
  return readdirSync(inClone(...path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => !made.includes(name));
}

function manifest(...path: string[]): Record<string, Record<string, string>> {
  return JSON.parse(readFileSync(inClone(...path, 'package.json'), 'utf8'));
}

test('every command that it names is one of the package', () => {
  const { scripts = {} } = manifest();
  const named = [...README.matchAll(/(?:^|`)npm (?:run )?([a-z:]+)/gm)].map(
    ([, name = '']) => name,
  );
  const unknown = named.filter((name) => !(name in scripts));
  expect(unknown).toEqual([]);
  expect(named.length).toBeGreaterThan(15);
});

test('every link leads to a file, or to a heading of its own', () => {
  const links = [...PROSE.matchAll(/\]\(([^)\s]+)\)/g)].map(([, href = '']) => href);
  const headings = [...README.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => headingId(text));
  const dead = links
    .filter((href) => !/^https?:/.test(href))
    .filter((href) =>
      href.startsWith('#') ? !headings.includes(href.slice(1)) : !existsSync(inClone(href)),
    );
  expect(dead).toEqual([]);
  expect(links.length).toBeGreaterThan(20);
});

test('the map has every folder, at its place, and no other', () => {
  const cells = rowsOf('The map');
  const mapped = cells.flatMap((cell) =>
    [...cell.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path),
  );
  const top = folders().filter((name) => name !== 'src');
  const inSource = folders('src').map((name) => `src/${name}`);
  expect([...mapped].sort()).toEqual([...top, ...inSource].sort());
});

test('the map calls each folder by its name', () => {
  const links = rowsOf('The map').flatMap((cell) => [...cell.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)]);
  for (const [, name = '', path = ''] of links) expect([path, `src/${name}`]).toContain(path);
});

test('the table of packages has every dependency, and no other', () => {
  const own = [manifest(), manifest('src')];
  const needed = own.flatMap(({ dependencies, devDependencies }) =>
    Object.keys({ ...dependencies, ...devDependencies }),
  );
  const listed = rowsOf('What it is built with').flatMap((cell) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
  const isFor = (name: string) => (dependency: string) =>
    name.endsWith('*') ? dependency.startsWith(name.slice(0, -1)) : dependency === name;
  expect(needed.filter((name) => !listed.some((entry) => isFor(entry)(name)))).toEqual([]);
  expect(listed.filter((entry) => !needed.some(isFor(entry)))).toEqual([]);
});
