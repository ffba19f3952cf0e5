/** The limits of a run, on a server of its own on which they are low: B43, B47. */
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { summarizeHistory } from 'streambook/lab';
import { afterAll, beforeAll, expect } from 'vitest';
import { cacheFolder } from '../../src/lab/server/binary.js';
import { locateBinary } from '../../src/lab/server/find.js';
import { temporalSources } from '../../src/lab/server/sources.js';
import { installRuntime } from '../support/worker.js';
import { hazard, within } from './hazard.js';
import { runtime, stopWorkers } from './implementation.js';
import { eventually, ignore, openScene } from './scene.js';

const MAX_UPDATES = 20;
const MAX_SIGNALS = 40;
let server: TestWorkflowEnvironment;
const shared = process.env.TEMPORAL_ADDRESS;

beforeAll(async () => {
  installRuntime(runtime);
  const binary = await locateBinary(temporalSources(process.env, cacheFolder()));
  if (!binary) throw new Error('The server of the test run is not one of this machine.');
  server = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: binary.path },
      extraArgs: [
        ...['--dynamic-config-value', `history.maxTotalUpdates=${MAX_UPDATES}`],
        ...['--dynamic-config-value', `history.maximumSignalsPerExecution=${MAX_SIGNALS}`],
      ],
    },
  });
  process.env.TEMPORAL_ADDRESS = server.address;
});

afterAll(async () => {
  await stopWorkers();
  await server?.teardown();
  process.env.TEMPORAL_ADDRESS = shared;
});

async function outcomeOf(action: Promise<unknown>): Promise<'fine' | 'refused'> {
  try {
    await action;
    return 'fine';
  } catch (error) {
    const { details } = (error as { cause?: { details?: string } }).cause ?? {};
    if (details?.includes('limit on the total number of distinct updates')) return 'refused';
    throw error;
  }
}

hazard(
  'B43',
  async (on) => {
    const scene = await openScene(on);
    const { act, stream } = await scene.host();
    const reader = stream.subscribe([], 0, { pollCooldown: 0 });
    const readAll = async (): Promise<void> => {
      for (let n = 0; n < MAX_UPDATES + 5; n++) {
        stream.topic('a').publish(n);
        await stream.flush();
        expect((await within('an item', reader.next())).value?.offset).toBe(n);
      }
    };
    const reading = await outcomeOf(readAll());
    const updating = await outcomeOf(within('the update', act()));
    expect(`reading is ${reading}, updating ${updating}`).toBe('reading is fine, updating fine');
  },
  'reading is refused, updating refused',
);

hazard(
  'B47',
  async (on) => {
    const scene = await openScene(on);
    const { handle, act, stream, rolledOver } = await scene.host();
    const publishAll = async (): Promise<void> => {
      for (let n = 0; n < MAX_SIGNALS + 5; n++) {
        stream.topic('a').publish(n);
        await stream.flush();
      }
    };
    const publishing = within('the end of publishing', publishAll(), 20_000);
    publishing.catch(ignore);
    const signals = async () => (await summarizeHistory(handle)).kinds.WorkflowExecutionSignaled;
    await eventually(signals).toBe(MAX_SIGNALS);
    await act({ roll: 'helper' });
    await rolledOver();
    await publishing;
    expect(await within('the length', stream.getOffset())).toBe(MAX_SIGNALS + 5);
  },
  'exceeded workflow execution limit for signal events',
);
