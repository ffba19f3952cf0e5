/** The bench as its reader runs it: a small one, into a folder that is thrown away. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Results } from '../../src/bench/results.js';
import { compiled } from '../../src/lab/clone.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function start(...args: string[]) {
  // Its server's data go where the test can see whether they are removed.
  const env = { ...process.env, TMPDIR: folder };
  const child = spawn(process.execPath, [compiled('bench', 'cli.js'), ...args], { env });
  let stderr = '';
  let tell = () => {};
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    tell();
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, stderr }));
  const says = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      tell = () => {
        if (pattern.test(stderr)) resolve();
      };
      tell();
      void ended.then(() => reject(new Error(`It ended without saying ${pattern}: ${stderr}`)));
    });
  return { child, ended, says };
}

test('one measure: figures with their spread, a table, a plot, and what was measured before', async () => {
  const out = join(folder, 'out');
  await start('codec', '--quick', '--out', out).ended;
  const { code, stderr } = await start('interval', '--quick', '--out', out).ended;
  expect(stderr).toMatch(/interval, 100 ms: round 2 of 2 \(about \d+ s left\)/);
  expect(code).toBe(0);
  const { about, figures } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Results;
  expect(about.server).toMatch(/^Temporal \d/);
  expect(figures['codec/100B/ours/encode']).toMatchObject({ unit: 'µs', rounds: 2 });
  for (const side of ['ours', 'official']) {
    for (const interval of [0, 100]) {
      const figure = figures[`interval/${interval}/${side}/p50`];
      if (!figure || !('value' in figure)) throw new Error(JSON.stringify(figure));
      expect(figure.low).toBeGreaterThan(0);
      expect(figure.value).toBeGreaterThanOrEqual(figure.low);
      expect(figure.high).toBeGreaterThanOrEqual(figure.value);
    }
    // Five items fit into each 100 ms, so that waiting for company makes fewer signals.
    const signals = [0, 100].map((ms) => figures[`interval/${ms}/${side}/signals`]);
    const [alone, together] = signals.map((each) => (each && 'value' in each ? each.value : NaN));
    expect(together).toBeLessThan(alone ?? NaN);
  }
  const report = readFileSync(join(out, 'results.md'), 'utf8');
  expect(report).toMatch(/^\| 100 p50, ms \| [\d.,]+ \([\d.,]+–[\d.,]+\) \| [\d.,]+ /m);
  expect(report).toContain('![interval-latency](interval-latency.svg)');
  expect(readFileSync(join(out, 'interval-latency.svg'), 'utf8')).toMatch(/^<svg/);
  expect(readdirSync(folder)).toEqual(['out']);
});

test('Ctrl-C ends it and leaves neither data nor half a result', async () => {
  const out = join(folder, 'out');
  const { child, ended, says } = start('latency', '--out', out);
  await says(/round 1 of 3/);
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  expect(readdirSync(folder)).toEqual([]);
});

test('a command line that makes no sense is told in a sentence, before anything is started', async () => {
  const unknown = await start('weather').ended;
  expect(unknown).toMatchObject({ code: 2 });
  expect(unknown.stderr).toContain('There is no measure "weather". There are: latency,');
  expect((await start('codec', '--fast').ended).code).toBe(2);
  expect((await start('soak', '--minutes', 'long').ended).code).toBe(2);
  expect(unknown.stderr).not.toContain('Temporal server…');
});

test('results that are no JSON are not overwritten', async () => {
  writeFileSync(join(folder, 'results.json'), '{ "figures": ');
  const { code, stderr } = await start('codec', '--quick', '--out', folder).ended;
  expect(code).toBe(1);
  expect(stderr).toContain('results.json');
  expect(readFileSync(join(folder, 'results.json'), 'utf8')).toBe('{ "figures": ');
});

test('a soak without a rollover has shown nothing, and fails', async () => {
  const out = join(folder, 'out');
  const { code, stderr } = await start('soak', '--minutes', '0.03', '--out', out).ended;
  expect(stderr).toMatch(/\d+ items, 0 rollovers, no gap, no duplicate: it has to last longer\./);
  expect(code).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});
