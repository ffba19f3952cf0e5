/** The two packages that every hazard is tried on. */
import { createRequire } from 'node:module';
import {
  DefaultLogger,
  makeTelemetryFilterString,
  type RuntimeOptions,
  type WorkerOptions,
} from '@temporalio/worker';
import * as official from '@temporalio/workflow-streams/client';
import * as ours from 'streambook/client';
import { startTestWorker, type TestWorker } from '../support/worker.js';
import { activitiesOf } from './activities.js';

/** The module of a client. */
export type StreamModule = typeof ours;

/** A package under test. */
export interface Implementation {
  name: 'ours' | 'the official package';
  /** Its client module. */
  client: StreamModule;
  /** A worker for `workflows.ts` on its host, which is started when it is first asked for. */
  worker(): Promise<TestWorker>;
}

const workflows = new URL('./workflows.ts', import.meta.url);
/** What the workers of this file have logged, of level WARN and above. */
export const workerLog: string[] = [];
/** Hazards make a worker complain, so what it says is kept and not printed. */
export const runtime: RuntimeOptions = {
  logger: new DefaultLogger('WARN', ({ message }) => workerLog.push(message)),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
};

const workers = new Map<string, Promise<TestWorker>>();

function implementation(
  name: Implementation['name'],
  client: StreamModule,
  options: Partial<WorkerOptions> = {},
): Implementation {
  const activities = activitiesOf(client);
  const start = () => startTestWorker(workflows, { ...options, activities }, runtime);
  return {
    name,
    client,
    worker() {
      const worker = workers.get(name) ?? start();
      workers.set(name, worker);
      return worker;
    },
  };
}

/** This book's package. */
export const onOurs = implementation('ours', ours);

/** Temporal's own. The two share their calls, not their types. */
export const onOfficial = implementation(
  'the official package',
  official as unknown as StreamModule,
  { bundlerOptions: { webpackConfigHook: withOfficialHost } },
);

function withOfficialHost<C extends { resolve?: object }>(config: C): C {
  const host = createRequire(import.meta.url).resolve('@temporalio/workflow-streams/workflow');
  const { alias } = (config.resolve ?? {}) as { alias?: Record<string, string> };
  const resolve = { ...config.resolve, alias: { ...alias, 'streambook/workflow': host } };
  return { ...config, resolve };
}

/** Stops the workers that were started. */
export async function stopWorkers(): Promise<void> {
  for (const worker of workers.values()) await (await worker).stop();
  workers.clear();
}
