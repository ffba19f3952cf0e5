import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { finished, startCommand } from '../support/command.ts';

const run = (...options: string[]) => startCommand('rollover', ...options);

describe('npm run rollover', () => {
  test('passes volumes under load, and all readers get everything', async () => {
    const { code, out } = await finished(run('--volumes', '3', '--events', '60'));
    expect(code).toBe(0);
    // A slow machine begins one more while the instruments stop.
    const volumes = out.match(/^volume \d+ begins .*$/gm) ?? [];
    expect(volumes[0]).toBe('volume 1 begins at offset 0');
    expect(volumes.length).toBeGreaterThanOrEqual(3);
    for (const [index, line] of volumes.slice(1).entries()) {
      const begins = `^volume ${index + 2} begins at offset \\d+, because of its history$`;
      expect(line).toMatch(new RegExp(begins));
    }
    const [, published] = out.match(/^published +(\d+) items/m) ?? [];
    for (const name of ['attached', 'visiting', 'away']) {
      expect(out).toMatch(new RegExp(`^${name} +${published} items, 0 missing, 0 repeated$`, 'm'));
    }
    expect(out).toMatch(/^ +3 +\d+ +\d+ +\d+$/m);
    expect(out).not.toContain('\u001b');
  });

  test('shows who misses what when the log keeps a few items only', async () => {
    const { code, out } = await finished(run('--volumes', '3', '--events', '60', '--keep', '5'));
    expect(code).toBe(0);
    const [, published] = out.match(/^published +(\d+) items/m) ?? [];
    const [, items, missing] = out.match(/^away +(\d+) items, (\d+) missing, 0 repeated/m) ?? [];
    expect(Number(missing)).toBeGreaterThan(0);
    expect(Number(items) + Number(missing)).toBe(Number(published));
  });

  test.each([
    [['--volumes', '0'], '--volumes must be a whole number from 1 to 100, not "0".'],
    [['--instruments', 'all'], '--instruments must be a whole number from 1 to 6, not "all".'],
    [['--events=-1'], '--events must be a whole number from 20 to 10000, not "-1".'],
    [['--fast'], "Unknown option '--fast'"],
  ])('answers %j with a sentence and its usage', async (options, sentence) => {
    const { code, out, err } = await finished(run(...options));
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(err).toContain('Usage: npm run rollover');
    expect(err).not.toContain('    at ');
    expect(out).toBe('');
  });

  test('ends quietly when nobody reads on', async () => {
    const command = run('--volumes', '100');
    const end = finished(command);
    await once(command.stdout ?? command, 'data');
    command.stdout?.destroy();
    const { code, err } = await end;
    expect(code).toBe(0);
    expect(err).not.toContain('EPIPE');
  });

  test('stops on Ctrl-C', async () => {
    const command = run('--volumes', '100');
    const end = finished(command);
    await once(command.stdout ?? command, 'data');
    command.kill('SIGINT');
    expect((await end).code).toBe(130);
  });
});
