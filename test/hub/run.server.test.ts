import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { compiled } from '../../src/lab/clone.ts';
import { isAlive } from '../../src/lab/tools/process.ts';
import { runHub, startHub } from './command.ts';

const ESCAPE = '\u001b';
const FAST = ['--pause', '20', '--interval', '20'];
const newId = () => crypto.randomUUID().slice(0, 8);

describe('npm run hub', () => {
  test('shows a newsroom: every headline once, each agency’s in order, and the sum', async () => {
    const { code, stdout } = await runHub('--publishers', '2', '--headlines', '3', ...FAST);
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines[0]).toMatch(/^workflow hub-\w{6}$/);
    const headlines = lines.slice(1, -1);
    expect(headlines.map((line) => Number(line.slice(0, 3)))).toEqual([0, 1, 2, 3, 4, 5]);
    const ofNorth = headlines.filter((line) => line.includes('north'));
    expect(ofNorth.map((line) => line.slice(13, 17).trim())).toEqual(['1', '2', '3']);
    expect(lines.at(-1)).toBe('published 6, received 6; none is missing, none came twice');
    expect(stdout).not.toContain(ESCAPE);
  });

  test('--flaky loses answers, and doubles nothing', async () => {
    const { code, stdout } = await runHub('--flaky', '--publishers', '2', ...FAST);
    expect(code).toBe(0);
    expect(stdout).toContain('north is cut off, and sends the batch again');
    expect(stdout).toContain('published 10, received 10; none is missing, none came twice');
    expect(Number(stdout.match(/(\d+) batches arrived twice/)?.[1])).toBeGreaterThan(1);
  });

  test('--kill kills an agency, of which only what was not confirmed is missing', async () => {
    const { code, stdout } = await runHub('--kill', '--publishers', '2', '--headlines', '4');
    expect(code).toBe(0);
    expect(stdout).toContain('north was killed: 3 published, 2 confirmed');
    expect(stdout).toContain('published 7, received 6; missing: north 3, none came twice');
  });

  test('--flood shows memory filled without a brake, and held with one', async () => {
    const { code, stdout } = await runHub('--flood');
    expect(code).toBe(0);
    const most = [...stdout.matchAll(/^(.{11}) .*at most (\d+)/gm)];
    const waiting = Object.fromEntries(most.map(([, brake = '', n]) => [brake.trim(), Number(n)]));
    expect(waiting['no brake']).toBe(500);
    expect(waiting.maxBuffered).toBeLessThan(60);
    expect(waiting['await ready']).toBeLessThan(60);
    expect(stdout).toContain('bytes wait to be sent');
  });

  test('lets others join: who reads is first, two publish, and one closes', async () => {
    const hub = ['--hub', newId()];
    const reader = startHub('read', ...hub);
    const desks = ['north', 'desk'].map((name) =>
      runHub('publish', ...hub, '--name', name, '--headlines', '3', ...FAST),
    );
    for (const { code, stdout } of await Promise.all(desks)) {
      expect(code).toBe(0);
      expect(stdout).toMatch(/3\nall of them have arrived\n$/);
    }
    expect((await runHub('close', ...hub)).stdout).toBe('the hub is closed after 6 headlines\n');
    const { code, stdout } = await reader.ended;
    expect(code).toBe(0);
    expect(stdout.match(/ desk /g)).toHaveLength(3);
    expect(stdout).toMatch(/the hub is closed after 6 headlines\n$/);

    const late = await runHub('publish', ...hub, '--name', 'west');
    expect(late.code).toBe(1);
    expect(late.stderr).toMatch(/has been closed.*under another id/);
    expect((await runHub('read', ...hub)).stdout).toBe(stdout);
  });

  test('ends quietly when the reader of its output leaves', async () => {
    const command = `"${process.execPath}" "${compiled('hub', 'run.js')}" | head -2`;
    const shell = spawn('bash', ['-o', 'pipefail', '-c', command]);
    let stdout = '';
    let stderr = '';
    shell.stdout.on('data', (text) => {
      stdout += text;
    });
    shell.stderr.on('data', (text) => {
      stderr += text;
    });
    expect(await once(shell, 'close')).toEqual([0, null]);
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(stderr).not.toMatch(/EPIPE|Error/);
  });

  test('leaves no agency behind when it is killed', async () => {
    const script = `
      import { startAgency } from ${JSON.stringify(compiled('hub', 'processes.js'))};
      const args = ['publish', '--hub=${newId()}', '--name=north', '--headlines=1000'];
      const agency = startAgency(${JSON.stringify(compiled('hub', 'run.js'))}, args);
      const timer = setInterval(() => {
        if (agency.published() > 0) console.log(agency.pid);
      }, 10);
    `;
    const newsroom = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [output] = await once(newsroom.stdout, 'data');
    const agency = Number.parseInt(String(output), 10);
    expect(isAlive(agency)).toBe(true);
    newsroom.kill('SIGKILL');
    await expect.poll(() => isAlive(agency), { timeout: 20_000 }).toBe(false);
  });

  test('ends on Ctrl-C', async () => {
    const newsroom = startHub('--processes', '--headlines', '1000');
    await expect.poll(newsroom.stdout, { timeout: 20_000 }).toContain('north');
    newsroom.kill('SIGINT');
    expect((await newsroom.ended).code).not.toBe(0);
  });

  test('says what it cannot do, with its usage', async () => {
    const { code, stdout, stderr } = await runHub('--headlines', 'many');
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^--headlines must be.*\n\nUsage: npm run hub/);
  });

  test('says that a hub that never was cannot be closed', async () => {
    const { code, stderr } = await runHub('close', '--hub', newId());
    expect(code).toBe(1);
    expect(stderr).toMatch(/not found/);
  });
});
