import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { binaryIn } from '../../src/lab/server/binary.ts';
import { openServer } from '../../src/lab/server/open.ts';
import { temporalSources } from '../../src/lab/server/sources.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streambook-sources-'));
});
afterEach(() => rm(folder, { recursive: true }));

function find(name: string, env: NodeJS.ProcessEnv): Promise<string> {
  const source = temporalSources(env, folder).find((it) => it.name === name);
  if (!source) throw new Error(`no source ${name}`);
  return source.obtain(() => {});
}

async function writeProgram(file: string, text: string): Promise<void> {
  await writeFile(file, text);
  await chmod(file, 0o755);
}

it('asks the path, the cache, the download and Go in this order', () => {
  const names = temporalSources({}, folder).map(({ name }) => name);
  expect(names).toEqual(['path', 'cache', 'download', 'go']);
});

it('finds a temporal on the PATH that runs', async () => {
  await writeProgram(join(folder, 'temporal'), '#!/bin/sh\necho version');
  expect(await find('path', { PATH: folder })).toBe(join(folder, 'temporal'));
});

it('passes over a program in the cache that does not run', async () => {
  await writeProgram(binaryIn(folder), '#!/bin/sh\necho broken >&2; exit 1');
  await expect(find('cache', {})).rejects.toThrow(/does not run: broken/);
});

it('passes over a cut-off download in the cache', async () => {
  await writeProgram(binaryIn(folder), '\u007fELF');
  await expect(find('cache', {})).rejects.toThrow(/does not run/);
});

it('says that there is no Go instead of trying to build', async () => {
  await expect(find('go', { PATH: folder })).rejects.toThrow('Go is not installed');
});

it('uses only the sources that STREAMBOOK_SERVER_SOURCES names', async () => {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeProgram(join(bin, 'temporal'), '#!/bin/sh\necho version');
  const env = { PATH: bin, STREAMBOOK_SERVER_SOURCES: 'cache, go' };
  await expect(find('path', env)).rejects.toThrow('turned off by STREAMBOOK_SERVER_SOURCES');
  await expect(find('cache', env)).rejects.toThrow('is not there');
});

it('gives one error that lists everything when it is unplugged', async () => {
  const env = { STREAMBOOK_SERVER_SOURCES: '' };
  const error = await openServer({ dataDir: folder, reuse: false, env }).catch((it) => it);
  expect(error.type).toBe('server-not-found');
  expect(error.message.match(/turned off/g)).toHaveLength(4);
  expect(error.message).toContain('Unset STREAMBOOK_SERVER_SOURCES');
});
