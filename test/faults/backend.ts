/** A server and a worker of their own, which can be killed and come back. */
import { randomInt } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { expect } from 'vitest';
import { type Child, startChild } from '../../src/lab/child.ts';
import { childEnv } from '../../src/lab/env.ts';
import { cacheFolder } from '../../src/lab/server/binary.ts';
import { startEmbedded } from '../../src/lab/server/embedded.ts';
import { type FoundBinary, findBinary } from '../../src/lab/server/find.ts';
import { temporalSources } from '../../src/lab/server/sources.ts';

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

  const { path: binary } = await findTemporal();
  const server = await startEmbedded({ binary, folder, preferredPort: quietPort() });
  const { address, namespace } = server;
  const connection = await Connection.connect({ address });
  const clusterId = async () => (await connection.workflowService.getClusterInfo({})).clusterId;
  const ownId = await clusterId();
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
      expect(await clusterId(), 'Another server has taken the port.').toBe(ownId);
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

/** The server's program, wherever the book finds it. */
function findTemporal(): Promise<FoundBinary> {
  const folder = cacheFolder();
  const sources = temporalSources(process.env, folder);
  return findBinary({ sources, folder, onProgress: () => {} });
}

/**
 * A port where nobody looks for one. The server's is free while it is dead, and near Temporal's own
 * port any embedded server that starts just then would take it, and answer in the place of ours.
 */
function quietPort(): number {
  return randomInt(20_000, 30_000);
}
