import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, openServer } from 'streambook/lab';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compiled } from '../../src/lab/clone.ts';
import { isAlive } from '../../src/lab/tools/process.ts';

/** Without the address of the server that the other tests share. */
const { TEMPORAL_ADDRESS: _, ...env } = process.env;

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'streambook-embedded-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

function untilGone(pid: number | undefined): Promise<void> {
  return expect.poll(() => isAlive(pid ?? 0), { timeout: 20_000 }).toBe(false);
}

it('is back at once with its data when it is killed while it is in use', async () => {
  const lines: string[] = [];
  const server = await openServer({ dataDir, env, onProgress: (line) => lines.push(line) });
  const client = await connect(server);
  const { workflowId } = await client.workflow.start('nobodyRunsThis', {
    taskQueue: 'no-worker',
    workflowId: 'survivor',
  });
  const { pid = 0 } = server;
  process.kill(pid, 'SIGKILL');
  await untilGone(pid);

  await expect
    .poll(() => client.workflow.getHandle(workflowId).describe(), { timeout: 20_000 })
    .toMatchObject({ status: { name: 'RUNNING' } });
  expect(server.pid).not.toBe(pid);
  expect(lines.join()).toContain('started again on the same data');
  const guest = await openServer({ dataDir, env });
  expect(guest).toMatchObject({ address: server.address, pid: server.pid, owned: false });
  await client.connection.close();
  await server.stop();
});

it('keeps its data and its address when it was killed and is started again', async () => {
  const first = await openServer({ dataDir, env });
  const client = await connect(first);
  const { workflowId } = await client.workflow.start('nobodyRunsThis', {
    taskQueue: 'no-worker',
    workflowId: 'survivor',
  });
  await client.connection.close();
  process.kill(first.pid ?? 0, 'SIGKILL');
  await first.stop();

  const second = await openServer({ dataDir, env });
  expect(second.address).toBe(first.address);
  const again = await connect(second);
  const description = await again.workflow.getHandle(workflowId).describe();
  expect(description.status.name).toBe('RUNNING');
  await again.connection.close();
  await second.stop();
});

it('is reused by who comes later, and still runs when that one has stopped using it', async () => {
  const owner = await openServer({ dataDir, env });
  const guest = await openServer({ dataDir, env });
  expect(guest).toMatchObject({ address: owner.address, owned: false });
  await guest.stop();
  const client = await connect(owner);
  await client.connection.close();
  await owner.stop();
});

it('is refused to a second owner of the same data', async () => {
  const owner = await openServer({ dataDir, env });
  const second = openServer({ dataDir, env, reuse: false });
  await expect(second).rejects.toThrow(/already[\s\S]*end that process/);
  await owner.stop();
});

it('ends when the process that opened it is killed', async () => {
  const script = `
    import { openServer } from ${JSON.stringify(compiled('lab', 'index.js'))};
    const server = await openServer({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(server.pid);
  `;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], { env });
  const [output] = await once(owner.stdout, 'data');
  const pid = Number(String(output));
  expect(isAlive(pid)).toBe(true);
  owner.kill('SIGKILL');
  await untilGone(pid);
});
