import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, openServer } from 'streambook/lab';
import { describe, expect, test } from 'vitest';
import { finished, startCommand } from '../support/command.ts';

const QUICK = ['--interval', '50', '--slow', '500', '--count', '20'];

const run = (...options: string[]) => startCommand('ticker', ...options);

/** Resolves with what was printed so far, once that matches. */
async function printed(command: ChildProcess, pattern: RegExp): Promise<string> {
  let out = '';
  for await (const text of command.stdout ?? []) {
    out += text;
    if (pattern.test(out)) return out;
  }
  throw new Error(`The command ended before it printed ${pattern}: ${out}`);
}

describe('npm run ticker', () => {
  test('shows a fast and a slow reader, and both get the last tick', async () => {
    const { code, out } = await finished(run(...QUICK));
    expect(code).toBe(0);
    const lanes = out
      .split('\n')
      .slice(1)
      .map((line) => line.split('│').map((lane) => lane.trim()));
    for (const side of [0, 1]) {
      const lines = lanes.flatMap((lane) => lane[side] || []);
      const summary = lines.find((line) => line.startsWith('received')) ?? '';
      const [received = 0, dropped = 0, jumps = 0] = (summary.match(/\d+/g) ?? []).map(Number);
      const jumped = lines.filter((line) => line.startsWith('↪'));
      expect(received + dropped).toBe(20);
      expect(jumped).toHaveLength(jumps);
      expect(lines.filter((line) => line.startsWith('offset='))).toHaveLength(received);
      expect(lines).toContain('offset=19  tick 20/20  60 parts');
      expect(lines).toContain('60 parts by the last tick');
      for (const line of jumped) {
        const [, last, next, lost] = line.match(/offset=(\d+) → (\d+) \((\d+) dropped\)$/) ?? [];
        if (last) expect(Number(lost)).toBe(Number(next) - Number(last) - 1);
      }
      if (side === 1) expect(jumped.length).toBeGreaterThan(0);
    }
    expect(out).not.toContain('\u001b');
  });

  test('measures what truncation saves and what it does not', async () => {
    const { code, out } = await finished(run('--measure', '--count', '20', '--interval', '10'));
    expect(code).toBe(0);
    expect(out).toMatch(/all kept +last 1 kept\nitems in the log +20 +1\n/);
    expect(out).toMatch(/events of history +\d+ +\d+\n/);
  });

  test.each([
    [['--keep-last', '0'], '--keep-last must be a whole number from 1 to 10000, not 0.'],
    [['--count', 'many'], '--count must be a whole number from 1 to 10000, not "many".'],
    [['--slow=-1'], '--slow must be a whole number from 0 to 60000, not "-1".'],
    [['--fast'], "Unknown option '--fast'"],
  ])('answers %j with a sentence and its usage', async (options, sentence) => {
    const { code, out, err } = await finished(run(...options));
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(err).toContain('Usage: npm run ticker');
    expect(err).not.toContain('    at ');
    expect(out).toBe('');
  });

  test('stops its ticker and ends quietly when nobody reads on', async () => {
    const command = run('--count', '10000');
    const err = finished(command);
    const out = await printed(command, /offset=0/);
    expect((await err).err).not.toContain('EPIPE');
    expect(await statusOf(out)).toBe('TERMINATED');
    expect(command.exitCode).toBe(0);
  });

  test('stops its ticker on Ctrl-C', async () => {
    const command = run('--count', '10000');
    let out = '';
    command.stdout?.on('data', (text) => {
      // A second Ctrl-C would not wait for the ticker.
      out += text;
      if (!command.killed && /offset=0/.test(out)) command.kill('SIGINT');
    });
    expect(await once(command, 'exit')).toEqual([130, null]);
    expect(await statusOf(out)).toBe('TERMINATED');
  });
});

async function statusOf(out: string): Promise<string> {
  const [, workflowId = ''] = out.match(/^workflow (\S+)/) ?? [];
  const client = await connect(await openServer());
  const { status } = await client.workflow.getHandle(workflowId).describe();
  await client.connection.close();
  return status.name;
}
