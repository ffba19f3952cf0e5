import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { finished, startCommand } from '../support/command.ts';

const run = (...options: string[]) => startCommand('endings', ...options);

describe('npm run endings', () => {
  test('prints what readers got: everything of ours, and of the official host what came in time', async () => {
    const { code, out, err } = await finished(run('--notices', '20'));
    expect(code).toBe(0);
    const [title, head, ...lines] = out.trim().split('\n');
    expect(title).toBe('20 notices; what a reader got of them who was');
    expect(head?.trim().split(/\s{2,}/)).toEqual([
      'waiting',
      'cooldown',
      'busy',
      'late',
      'kept open',
    ]);
    const rows = lines.map((line) => line.split(/\s+/).slice(0, 6).join(' '));
    expect(rows).toEqual([
      'return official 20 1 1 0',
      'return ours 20 20 20 20',
      'drain official 20 1 1 0',
      'drain ours 20 20 20 20',
      'sleep official 20 20 1 0',
      'sleep ours 20 20 20 20',
      'ack official 20 20 1 0',
      'ack ours 20 20 20 20',
    ]);
    expect(err).not.toContain('WARN');
  });

  test.each([
    [['--notices', '1'], '--notices must be a whole number from 2 to 10000, not 1.'],
    [['--sleep', 'long'], '--sleep must be a whole number from 1 to 60000, not "long".'],
    [['--timeout=-1'], '--timeout must be a whole number from 1 to 60000, not "-1".'],
    [['--cooldown', '60001'], '--cooldown must be a whole number from 1 to 60000, not 60001.'],
    [['--fast'], "Unknown option '--fast'"],
  ])('answers %j with a sentence and its usage', async (options, sentence) => {
    const { code, out, err } = await finished(run(...options));
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(err).toContain('Usage: npm run endings');
    expect(err).not.toContain('    at ');
    expect(out).toBe('');
  });

  test('stops on Ctrl-C, and ends quietly', async () => {
    const command = run('--sleep', '60000', '--timeout', '60000');
    let out = '';
    command.stdout?.on('data', (text) => {
      // A second Ctrl-C would not wait for the end of what was begun.
      out += text;
      if (!command.killed && /drain +ours/.test(out)) command.kill('SIGINT');
    });
    const { code, err } = await finished(command);
    expect(code).toBe(130);
    expect(err).not.toContain('Error');
    expect(out).not.toContain('sleep');
  });

  test('ends quietly when nobody reads on', async () => {
    const command = run('--notices', '20', '--sleep', '60000', '--timeout', '60000');
    await once(command.stdout as NodeJS.ReadableStream, 'data');
    command.stdout?.destroy();
    const [code] = await once(command, 'exit');
    expect(code).toBe(0);
  });
});
