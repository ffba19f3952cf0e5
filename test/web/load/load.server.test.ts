import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { compiled } from '../../../src/lab/clone.ts';

async function load(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [compiled('web', 'load', 'cli.js'), ...args]);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

test('every client receives every event, and the command says how fast', async () => {
  const { code, out, err } = await load('--clients', '20', '--rate', '10', '--seconds', '2');
  expect(err).not.toContain('Error');
  expect(code).toBe(0);
  expect(out).toMatch(/^20 clients are connected; \d+ MB$/m);
  expect(out).toMatch(
    /^20 events, 20 at least received by each of 20; p50 \d+ ms, p99 \d+ ms, longest \d+ ms; \d+ MB$/m,
  );
}, 60_000);

test('a number that makes no sense is told in a sentence, before anything is started', async () => {
  const { code, out, err } = await load('--clients', 'many');
  expect(code).toBe(2);
  expect(err).toContain('--clients must be a whole number from 1 to 20000.');
  expect(out).toBe('');
});
