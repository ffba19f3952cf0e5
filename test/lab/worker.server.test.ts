import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openLab, openServer, startWorker } from 'streambook/lab';
import { expect, it } from 'vitest';
import { compiled } from '../../src/lab/clone.ts';
import { isAlive } from '../../src/lab/tools/process.ts';

it('ends when its parent is killed', async () => {
  const script = `
    import { openLab } from ${JSON.stringify(compiled('lab', 'index.js'))};
    const lab = await openLab('order');
    console.log(lab.worker.pid);
  `;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const [output] = await once(parent.stdout, 'data');
  const worker = Number(String(output));
  expect(isAlive(worker)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(worker), { timeout: 20_000 }).toBe(false);
});

it('says how it ended when it was killed', async () => {
  const worker = await startWorker('order', await openServer());
  worker.kill();
  expect(await worker.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

it('finishes by itself when it is stopped', async () => {
  const worker = await startWorker('order', await openServer());
  await worker.stop();
  expect(await worker.exited).toEqual({ code: 0, signal: null });
});

it('tells what it wrote when it cannot start', async () => {
  const nowhere = { address: '127.0.0.1:1', namespace: 'default' };
  await expect(startWorker('order', nowhere)).rejects.toThrow(
    /worker\.js ended with code 1 before it was ready[\s\S]*127\.0\.0\.1:1/,
  );
});

it('names the scenarios there are when asked for another', async () => {
  await expect(startWorker('odrer', await openServer())).rejects.toThrow(/There are: order/);
});

it('lets the process end once its lab is closed', async () => {
  const script = `
    import { openLab } from ${JSON.stringify(compiled('lab', 'index.js'))};
    const lab = await openLab('order');
    await lab.close();
  `;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script]);
  expect(await once(parent, 'exit')).toEqual([0, null]);
});

it('closes a lab only once, however often it is told to', async () => {
  const lab = await openLab('order');
  await lab.close();
  await lab.close();
  expect(await lab.worker.exited).toEqual({ code: 0, signal: null });
});
