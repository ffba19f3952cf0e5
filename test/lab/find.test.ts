import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  findBinary,
  locateBinary,
  type Source,
  type SourceName,
} from '../../src/lab/server/find.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streambook-find-'));
});
afterEach(() => rm(folder, { recursive: true }));

const silent = () => {};

/** A source that has it, or that fails for a reason. */
function source(name: SourceName, result: string | Error, asked: string[] = []): Source {
  return {
    name,
    label: `label of ${name}`,
    fetches: name === 'download' || name === 'go',
    remedy: `remedy of ${name}`,
    obtain: async () => {
      asked.push(name);
      if (result instanceof Error) throw result;
      return result;
    },
  };
}

describe('finding a Temporal CLI', () => {
  it('takes the first source that has one and asks no further', async () => {
    const asked: string[] = [];
    const sources = [
      source('path', new Error('none'), asked),
      source('cache', '/cache/temporal', asked),
      source('download', '/fetched', asked),
    ];
    const found = await findBinary({ sources, folder, onProgress: silent });
    expect(found).toEqual({ path: '/cache/temporal', source: 'cache' });
    expect(asked).toEqual(['path', 'cache']);
  });

  it('builds with Go only after the download has failed', async () => {
    const asked: string[] = [];
    const sources = [
      source('cache', new Error('none'), asked),
      source('download', new Error('no network'), asked),
      source('go', '/built', asked),
    ];
    const found = await findBinary({ sources, folder, onProgress: silent });
    expect(found.source).toBe('go');
    expect(asked.slice(-2)).toEqual(['download', 'go']);
  });

  it('lists every source, why it failed and what to do when none has it', async () => {
    const sources = [
      source('path', new Error('nothing there')),
      source('cache', new Error('does not run')),
      source('download', new Error('no network')),
      source('go', new Error('Go is not installed')),
    ];
    const error = await findBinary({ sources, folder, onProgress: silent }).catch((it) => it);
    expect(error).toMatchObject({ type: 'server-not-found' });
    for (const name of ['path', 'cache', 'download', 'go']) {
      expect(error.message).toContain(`label of ${name}`);
      expect(error.message).toContain(`- remedy of ${name}`);
    }
    expect(error.message).toMatch(/label of download +no network/);
    expect(error.message).toMatch(/TEMPORAL_ADDRESS +not set/);
  });

  it('fetches once when two ask at once, and tells the second one that it waits', async () => {
    const binary = join(folder, 'temporal');
    const lines: string[] = [];
    let fetches = 0;
    let secondWaits = silent;
    const untilSecondWaits = new Promise<void>((resolve) => {
      secondWaits = resolve;
    });
    const cache: Source = {
      ...source('cache', ''),
      obtain: async () => {
        await readFile(binary);
        return binary;
      },
    };
    const download: Source = {
      ...source('download', ''),
      obtain: async () => {
        fetches += 1;
        await untilSecondWaits;
        await writeFile(binary, 'whole');
        return binary;
      },
    };
    const onProgress = (line: string) => {
      lines.push(line);
      secondWaits();
    };
    const options = { sources: [cache, download], folder, onProgress };
    const [first, second] = await Promise.all([findBinary(options), findBinary(options)]);
    expect([first.path, second.path]).toEqual([binary, binary]);
    expect([first.source, second.source].sort()).toEqual(['cache', 'download']);
    expect(fetches).toBe(1);
    expect(lines).toEqual([expect.stringContaining('Waiting for another process')]);
  });
});

describe('locating a Temporal CLI without fetching', () => {
  it('asks no source that fetches', async () => {
    const asked: string[] = [];
    const sources = [
      source('cache', new Error('none'), asked),
      source('download', '/fetched', asked),
    ];
    expect(await locateBinary(sources)).toBeUndefined();
    expect(asked).toEqual(['cache']);
  });
});
