/** A server and a worker of their own, which can be killed and come back. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { openServer } from 'streambook/lab';
import { expect } from 'vitest';
import { type Child, startChild } from '../../src/lab/child.ts';
import { childEnv } from '../../src/lab/env.ts';

/** What the stream runs on. */
export interface Backend {
  /** Host and port of the server, the same after a restart. */
  address: string;
  /** Connected to the server itself, without a proxy. */
  client: Client;
  taskQueue: string;
  /** Kills the worker with SIGKILL and starts another one. */
  killWorker(): Promise<void>;
  /** Kills the server with SIGKILL, and waits until it answers again, on the same data. */
  killServer(): Promise<void>;
  /** Ends both, and removes the data. */
  stop(): Promise<void>;
}

const WORKER = fileURLToPath(new URL('./worker.mjs', import.meta.url));
const WORKFLOWS = fileURLToPath(new URL('./workflows.ts', import.meta.url));
const WORKER_GRACE_MS = 5_000;
const RESTART_TIMEOUT_MS = 20_000;
const TASK_QUEUE = 'faults';

/** Starts a Temporal server on data of its own, and a worker as a child process. */
export async function startBackend(): Promise<Backend> {
  const folder = await mkdtemp(join(tmpdir(), 'streambook-faults-'));
  const codePath = join(folder, 'workflows.js');
  const logger = new DefaultLogger('ERROR');
  const { code } = await bundleWorkflowCode({ workflowsPath: WORKFLOWS, logger });
  await writeFile(codePath, code);

  // Without the address of the server that the other tests share, which nobody may kill.
  const { TEMPORAL_ADDRESS: _, ...env } = process.env;
  const server = await openServer({ dataDir: folder, env, onProgress: () => {} });
  const { address, namespace } = server;
  const connection = await Connection.connect({ address });
  const startWorker = (): Promise<Child> =>
    startChild(WORKER, [codePath, TASK_QUEUE], {
      env: childEnv(process.env, [], { address, namespace, remote: false }),
      graceMs: WORKER_GRACE_MS,
      onStderr: (text) => process.stderr.write(text),
    });
  let worker = startWorker();

  return {
    address,
    client: new Client({ connection }),
    taskQueue: TASK_QUEUE,
    async killWorker() {
      const { kill, exited } = await worker;
      kill('SIGKILL');
      // One that had ended by itself would be a failure that looks like the one intended.
      expect(await exited).toEqual({ code: null, signal: 'SIGKILL' });
      worker = startWorker();
      await worker;
    },
    async killServer() {
      const { pid = 0 } = server;
      process.kill(pid, 'SIGKILL');
      await expect.poll(() => server.pid, { timeout: RESTART_TIMEOUT_MS }).not.toBe(pid);
      const health = () => connection.healthService.check({});
      await expect.poll(health, { timeout: RESTART_TIMEOUT_MS }).toBeDefined();
    },
    async stop() {
      // One that is just starting is waited for: it would be left behind.
      await worker.then(({ stop }) => stop()).catch(() => {});
      await connection.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
