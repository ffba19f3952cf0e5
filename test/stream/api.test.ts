/** Whoever moves from the official package changes an import: every name is there, with its meaning. */
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import type { Duration } from '@temporalio/common/lib/time.js';
import type * as OfficialClientTypes from '@temporalio/workflow-streams/client';
import * as officialClient from '@temporalio/workflow-streams/client';
import type * as OfficialWorkflowTypes from '@temporalio/workflow-streams/workflow';
import * as officialWorkflow from '@temporalio/workflow-streams/workflow';
import type * as OurClientTypes from 'streambook/client';
import * as ourClient from 'streambook/client';
import type * as OurWorkflowTypes from 'streambook/workflow';
import * as ourWorkflow from 'streambook/workflow';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { publisherSettings } from '../../src/stream/publish/options.js';

/** What a program sees of an object: private fields make a class a type of its own. */
type Public<T> = { [K in keyof T]: T[K] };

describe.each([
  ['streambook/client', officialClient, ourClient],
  ['streambook/workflow', officialWorkflow, ourWorkflow],
])('%s', (_, official, ours) => {
  const names = Object.keys(official).filter(
    (name) => name !== 'default' && name !== 'module.exports',
  );

  test('has every export of the official entry point', () => {
    expect(names.length).toBeGreaterThan(2);
    expect(Object.keys(ours)).toEqual(expect.arrayContaining(names));
  });

  test.each(names)('%s is the same kind of thing, and what its instances do as well', (name) => {
    const theirs = Reflect.get(official, name);
    const own = Reflect.get(ours, name);
    expect(typeof own).toBe(typeof theirs);
    // Signals, updates and queries are found by their names.
    if (typeof theirs === 'object') expect(own).toMatchObject(theirs);
    if (typeof theirs !== 'function') return;
    for (const member of publicMembers(theirs)) expect(publicMembers(own)).toContain(member);
    for (const member of publicMembers(theirs.prototype ?? {})) {
      expect(publicMembers(own.prototype)).toContain(member);
    }
  });
});

/** What the official classes declare private is no business of a program. */
const PRIVATE: ReadonlySet<string | symbol> = new Set([
  ...['throwPendingFlusherError', 'publishToTopic', 'encodeBuffer', 'runFlusher', 'flushOnce'],
  ...['_doFlush', 'describePolledRun', 'followContinueAsNew', 'isInTerminalState'],
  ...['onPublish', 'onPoll', 'length', 'arguments', 'caller'],
]);

function publicMembers(of: object): (string | symbol)[] {
  return Reflect.ownKeys(of).filter((member) => !PRIVATE.has(member));
}

describe('a program that was written for the official package', () => {
  type OurClient = OurClientTypes.WorkflowStreamClient;
  type OfficialClient = OfficialClientTypes.WorkflowStreamClient;
  type OurHost = OurWorkflowTypes.WorkflowStream;
  type OfficialHost = OfficialWorkflowTypes.WorkflowStream;

  test('constructs our classes with its arguments', () => {
    type ClientArgs = [
      handle: WorkflowHandle,
      options?: OfficialClientTypes.WorkflowStreamClientOptions,
    ];
    type CreateArgs = [Client, string, OfficialClientTypes.WorkflowStreamClientOptions?];
    expectTypeOf<ClientArgs>().toExtend<
      ConstructorParameters<typeof OurClientTypes.WorkflowStreamClient>
    >();
    expectTypeOf<CreateArgs>().toExtend<
      Parameters<typeof OurClientTypes.WorkflowStreamClient.create>
    >();
    expectTypeOf<[OfficialClientTypes.WorkflowStreamClientOptions?]>().toExtend<
      Parameters<typeof OurClientTypes.WorkflowStreamClient.fromWithinActivity>
    >();
    expectTypeOf<[OfficialWorkflowTypes.WorkflowStreamState?]>().toExtend<
      ConstructorParameters<typeof OurWorkflowTypes.WorkflowStream>
    >();
  });

  test('calls their methods with its arguments and takes what they return', () => {
    expectTypeOf<OurClient['flush']>().toExtend<OfficialClient['flush']>();
    expectTypeOf<OurClient['getOffset']>().toExtend<OfficialClient['getOffset']>();
    expectTypeOf<OurClient['subscribe']>().toExtend<OfficialClient['subscribe']>();
    expectTypeOf<OurClient>().toExtend<AsyncDisposable>();
    expectTypeOf<Public<OurClientTypes.TopicHandle<number>>>().toExtend<
      Public<OfficialClientTypes.TopicHandle<number>>
    >();
    expectTypeOf<OurHost['detachPollers']>().toExtend<OfficialHost['detachPollers']>();
    expectTypeOf<OurHost['getState']>().toExtend<OfficialHost['getState']>();
    expectTypeOf<OurHost['truncate']>().toExtend<OfficialHost['truncate']>();
    expectTypeOf<OurHost['continueAsNew']>().toExtend<OfficialHost['continueAsNew']>();
    expectTypeOf<Public<OurWorkflowTypes.WorkflowTopicHandle<number>>>().toExtend<
      Public<OfficialWorkflowTypes.WorkflowTopicHandle<number>>
    >();
    expectTypeOf<OurClientTypes.FlushTimeoutError>().toExtend<OfficialClientTypes.FlushTimeoutError>();
  });

  test('passes the shapes of the wire and of the state both ways', () => {
    type Entry = OurClientTypes.PublishEntry;
    expectTypeOf<Entry>().toEqualTypeOf<OfficialClientTypes.PublishEntry>();
    expectTypeOf<OurClientTypes.PollInput>().toEqualTypeOf<OfficialClientTypes.PollInput>();
    expectTypeOf<OurClientTypes.PollResult>().toEqualTypeOf<OfficialClientTypes.PollResult>();
    type Item = OurClientTypes.WorkflowStreamItem<number>;
    expectTypeOf<Item>().toEqualTypeOf<OfficialClientTypes.WorkflowStreamItem<number>>();
    type RawItem = OurClientTypes.WorkflowStreamItem;
    expectTypeOf<RawItem['data']>().toEqualTypeOf<Payload>();
    // Ours have fields more, all of them optional.
    type Batch = OurClientTypes.PublishInput;
    expectTypeOf<Batch>().toExtend<OfficialClientTypes.PublishInput>();
    expectTypeOf<OfficialClientTypes.PublishInput>().toExtend<Batch>();
    type State = OurWorkflowTypes.WorkflowStreamState;
    expectTypeOf<State>().toExtend<OfficialWorkflowTypes.WorkflowStreamState>();
    expectTypeOf<OfficialWorkflowTypes.WorkflowStreamState>().toExtend<State>();
  });

  test('names its options as before, with durations in words or in milliseconds', () => {
    type Options = OurClientTypes.WorkflowStreamClientOptions;
    type Official = Required<OfficialClientTypes.WorkflowStreamClientOptions>;
    expectTypeOf<Pick<Required<Options>, keyof Official>>().toEqualTypeOf<Official>();
    expectTypeOf<Official>().toHaveProperty('batchInterval').toEqualTypeOf<Duration>();
    type Reading = Required<OfficialClientTypes.SubscribeOptions>;
    expectTypeOf<
      Pick<Required<OurClientTypes.SubscribeOptions>, keyof Reading>
    >().toEqualTypeOf<Reading>();
    expectTypeOf<Parameters<OurHost['continueAsNew']>[1]>().toEqualTypeOf<
      Parameters<OfficialHost['continueAsNew']>[1]
    >();
    type Forced = Parameters<OurClientTypes.TopicHandle['publish']>[1];
    expectTypeOf<Forced>().toEqualTypeOf<
      Parameters<OfficialClientTypes.TopicHandle['publish']>[1]
    >();
  });

  test.each([
    [{}],
    [{ batchInterval: 250, maxBatchSize: 7, maxRetryDuration: 1_500 }],
    [{ batchInterval: '1 minute', maxRetryDuration: '30s' }],
  ] as const)('with the options %j batches and retries as before', (options) => {
    const handle = { workflowId: 'any' } as WorkflowHandle;
    const official = new officialClient.WorkflowStreamClient(handle, options);
    const ours = publisherSettings(options, () => {});
    // The official client keeps its settings in private fields.
    const setting = (name: string): unknown => Reflect.get(official, name);
    expect(ours.batchInterval).toBe(setting('batchIntervalMs'));
    expect(ours.maxRetryDuration).toBe(setting('maxRetryDurationMs'));
    expect(ours.maxBatchSize).toBe(setting('maxBatchSize') ?? Number.POSITIVE_INFINITY);
    expect(ours.publisherId).toMatch(/^[0-9a-f]{16}$/);
    expect(setting('publisherId')).toMatch(/^[0-9a-f]{16}$/);
  });
});
