/** What a hazard is played on: a connection of its own and workflows that end with the test. */
import {
  Client,
  type ConnectionLike,
  type WorkflowHandle,
  type WorkflowUpdateHandle,
  WorkflowUpdateStage,
} from '@temporalio/client';
import proto from '@temporalio/proto';
import type { WorkflowStreamClient } from 'streambook/client';
import { summarizeHistory } from 'streambook/lab';
import { expect, onTestFinished } from 'vitest';
import { POLL_UPDATE, type PollInput, type PollResult } from '../../src/stream/wire.js';
import { branchOf } from './faults.js';
import type { Implementation } from './implementation.js';
import type { HostingInput, Step } from './workflows.js';

/** A workflow that hosts a stream, and a client of the stream. */
export interface Host {
  handle: WorkflowHandle;
  stream: WorkflowStreamClient;
  /** Lets a `hosting` workflow do some steps in one workflow task. */
  act(...steps: Step[]): Promise<void>;
  /** Polls as an official reader does, and waits for the items. */
  poll(input: Partial<PollInput>): Promise<PollResult>;
  /** Begins such a poll; resolves when the workflow has accepted it. */
  park(input: Partial<PollInput>): Promise<WorkflowUpdateHandle<PollResult>>;
  /**
   * Resolves when the latest run has accepted so many updates, the last of them the poll in which a
   * reader waits. A reader of ours leaves no trace by which one could tell, and need not wait yet.
   */
  parked(updates: number): Promise<void>;
  /** How the latest run stands, as `RUNNING`. */
  status(): Promise<string>;
  /** Resolves when the worker is at work on the workflow task of that signal, from 1. */
  inTaskOf(signal: number): Promise<void>;
  /** Resolves when a run other than the one that was started has taken over. */
  rolledOver(): Promise<void>;
}

/** Where a hazard is played. */
export interface Scene {
  /** What the readers and publishers of the scene go through; nothing else does. */
  connection: ConnectionLike;
  /** Starts a workflow of `workflows.ts`. */
  start(type: string, args?: unknown[], workflowId?: string): Promise<Host>;
  /** Starts a `hosting` workflow; under an id of its own unless one is given. */
  host(input?: HostingInput, workflowId?: string): Promise<Host>;
}

/** Sets a scene. Its connection is cut with the test, which ends readers that nothing else can end. */
export async function openScene(on: Implementation): Promise<Scene> {
  const { client: director, taskQueue, newId } = await on.worker();
  const { connection, cut } = branchOf(director.connection);
  onTestFinished(cut);
  const client = new Client({ connection });

  const start: Scene['start'] = async (type, args = [], workflowId = newId(type)) => {
    const first = await director.workflow.start(type, { workflowId, taskQueue, args });
    const handle = director.workflow.getHandle(workflowId);
    onTestFinished(() => handle.terminate().then(ignore, ignore));
    const stream = on.client.WorkflowStreamClient.create(client, workflowId);
    return hostOf(on, handle, stream, first.firstExecutionRunId);
  };
  return { connection, start, host: (input = {}, id) => start('hosting', [input], id) };
}

/** The text `hello` as it travels. */
export const HELLO = 'ChYKCGVuY29kaW5nEgpqc29uL3BsYWluEgciaGVsbG8i';

/** Nothing: for the end of what may have ended already. */
export function ignore(): void {}

function hostOf(
  on: Implementation,
  handle: WorkflowHandle,
  stream: WorkflowStreamClient,
  firstRun: string,
): Host {
  const describe = () => handle.describe();
  const park = (input: Partial<PollInput>) =>
    handle.startUpdate<PollResult, [PollInput]>(POLL_UPDATE, {
      args: [{ topics: [], from_offset: 0, ...input }],
      waitForStage: WorkflowUpdateStage.ACCEPTED,
    });
  return {
    handle,
    stream,
    act: (...steps) => handle.executeUpdate<void, [Step[]]>('act', { args: [steps] }),
    poll: async (input) => (await park(input)).result(),
    park,
    async parked(updates) {
      if (on.name !== 'ours') await eventually(() => updatesOf(handle)).toBe(updates);
    },
    status: async () => (await describe()).status.name,
    inTaskOf: (signal) => eventually(() => signalAtWork(handle)).toBe(signal),
    rolledOver: () => eventually(async () => (await describe()).runId).not.toBe(firstRun),
  };
}

const { EventType } = proto.temporal.api.enums.v1;

/** Which signal is the last in the history, if a workflow task is under way; those that come then are held back. */
async function signalAtWork(handle: WorkflowHandle): Promise<number | undefined> {
  const types = (await handle.fetchHistory()).events?.map(({ eventType }) => eventType) ?? [];
  if (types.at(-1) !== EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED) return undefined;
  return types.filter((type) => type === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED).length;
}

/** Asserts what a function returns in a while, as `expect.poll` does with more patience. */
export function eventually<T>(value: () => T | Promise<T>) {
  return expect.poll(value, { timeout: 4_000 });
}

/** How many updates the latest run of a workflow has accepted. */
async function updatesOf(handle: WorkflowHandle): Promise<number> {
  return (await summarizeHistory(handle)).kinds.WorkflowExecutionUpdateAccepted ?? 0;
}

/** Resolves to all that is left of a subscription. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
