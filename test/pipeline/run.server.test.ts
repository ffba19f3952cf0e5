import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'streambook-runner-'));
const script = fileURLToPath(import.meta.resolve('../../src/dist/pipeline/run.js'));
const env = { ...process.env, DATABASE_URL: join(folder, 'cursors.db') };
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command with its output in a pipe. */
function run(...args: string[]) {
  const child = spawn(process.execPath, [script, ...args], { env });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const closed = once(child, 'close').then(([code, signal]) => ({ code, signal, out, err }));
  return { child, closed, output: () => out };
}

const LINE = /^ +(\d+) \/ +(\d+) \/ +(\d+) │ (.*)$/;
/** The lines beside the column, as numbers and text. */
function statusLines(out: string) {
  return out.split('\n').flatMap((line) => {
    const [, processed, available, pending, text = ''] = LINE.exec(line) ?? [];
    if (processed === undefined) return [];
    return { processed: +processed, available: Number(available), pending: Number(pending), text };
  });
}

const offsetsIn = (out: string) =>
  statusLines(out).flatMap(({ text }) =>
    /^ ?\d+ {2}/.test(text) ? Number.parseInt(text, 10) : [],
  );
const ALL = Array.from({ length: 30 }, (_, offset) => offset);

test('without options, the reader leaves after two events, comes back, and misses nothing', async () => {
  const { code, out } = await run('--pause', '300', '--away', '2000').closed;
  expect(code).toBe(0);
  expect(offsetsIn(out)).toEqual(ALL);
  expect(out).toContain('│ — a fresh connection and client, from offset 0\n');
  expect(out).toContain('│ — the row says 2; nobody reads for 2 s\n');
  expect(out).toContain('│ — a fresh connection and client, from offset 2\n');
  expect(out).toMatch(/result {3}6 stages\ninbox {4}30 of 30, each exactly once\n$/);
  // No escape sequence reaches a pipe.
  expect(out).not.toContain('\u001b');

  const lines = statusLines(out);
  for (const { processed, available, pending } of lines) {
    expect(pending).toBe(available - processed);
  }
  // The backlog grew while nobody read, and was gone at the end; and a heartbeat was seen.
  const away = lines.findIndex(({ text }) => text.includes('the row says'));
  const back = lines.findIndex(({ text }) => text.includes('from offset 2'));
  expect(lines[back]?.pending).toBeGreaterThan(lines[away]?.pending ?? Number.NaN);
  expect(lines.slice(away, back).some(({ text }) => text === '·')).toBe(true);
  expect(lines.at(-1)?.pending).toBe(0);
});

test('with --kill, the reading process is killed, and another one resumes from the row', async () => {
  const { code, out } = await run('--kill', '--pause', '200', '--away', '200', '--user', 'bob')
    .closed;
  expect(code).toBe(0);
  const [, killed] = /reader (\d+) killed/.exec(out) ?? [];
  const [, resumed] = /reader (\d+) resumes at offset 2/.exec(out) ?? [];
  expect(killed).toBeDefined();
  expect(resumed).toBeDefined();
  expect(resumed).not.toBe(killed);
  expect(() => process.kill(Number(killed), 0)).toThrow('ESRCH');
  expect(out).toContain('cursor   of bob in SQLite');
  expect(offsetsIn(out)).toEqual(ALL);
  expect(out).toContain('inbox    30 of 30, each exactly once');
});

describe('a command line that makes no sense', () => {
  test.each([
    { args: ['--pause', 'soon'], sentence: '--pause takes a whole number of milliseconds' },
    { args: ['--away', '-1'], sentence: "Option '--away' argument is ambiguous" },
    { args: ['--user', ''], sentence: '--user takes a name' },
    { args: ['--slow'], sentence: "Unknown option '--slow'" },
  ])('$args', async ({ args, sentence }) => {
    const { code, out, err } = await run(...args).closed;
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
    expect(err).toContain('Usage: npm run pipeline');
  });
});

test('a reader of the output that has enough ends the command quietly', async () => {
  const { child, closed, output } = run('--pause', '100');
  while (!output().includes('receive started')) await once(child.stdout, 'data');
  child.stdout.destroy();
  const { code, err } = await closed;
  expect(code).toBe(0);
  expect(err).not.toContain('EPIPE');
});

test('Ctrl-C stops the reading process as well', async () => {
  const { child, closed, output } = run('--kill', '--pause', '60000');
  while (!output().includes('starts at offset 0')) await once(child.stdout, 'data');
  const pid = Number(/reader (\d+) starts/.exec(output())?.[1]);
  child.kill('SIGINT');
  expect((await closed).signal).toBe('SIGINT');
  // The process notices that its channel is closed; there is nothing else to wait for.
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
