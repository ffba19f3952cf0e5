/** `npm run dev` as a process of its own: it needs neither Temporal nor a worker. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { compiled } from '../../src/lab/clone.ts';

test('serves the book, with the script for its author, and ends when it is told to', async () => {
  const dev = spawn(process.execPath, [compiled('web', 'dev.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TEMPORAL_ADDRESS: '127.0.0.1:1' },
  });
  onTestFinished(() => void dev.kill('SIGKILL'));
  const exited = new Promise((resolve) => dev.once('exit', resolve));
  let url = '';
  for await (const line of createInterface(dev.stdout)) {
    url = /^The book\s+(http:\S+)$/.exec(line)?.[1] ?? url;
    if (line.startsWith('Built in')) break;
  }
  const page = await (await fetch(`${url}/01-order.html`)).text();
  expect(page).toContain('<script type="module" src="assets/author.js"></script>');
  expect((await fetch(`${url}/assets/author.js`)).status).toBe(200);
  const health = await (await fetch(`${url}/api/health`)).json();
  expect(health).toMatchObject({ scenarios: {}, build: expect.stringMatching(/^\d+$/) });
  dev.kill('SIGTERM');
  expect(await exited).toBe(0);
});
