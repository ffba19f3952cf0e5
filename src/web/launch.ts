import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { StreamRelay, WorkflowStreamClient } from 'streambook/client';
import { readings } from 'streambook/sse';
import type { ActionInfo } from './actions.js';
import type { KnobSchema, Knobs } from './knobs.js';
import { outcomeOf } from './outcome.js';
import { readSlowly } from './read.js';
import { Refusal } from './refusal.js';
import type { LaunchedRun, Launcher } from './runs.js';

/** A connection to Temporal, and where its web UI is. */
export interface Connection {
  client: Client;
  /** Address of the web UI, without a slash at its end; none when it is unknown. */
  uiUrl?: string;
}

/** A workflow that was started; a `WorkflowHandle` is one. */
export interface Started<Result> {
  workflowId: string;
  result(): Promise<Result>;
  terminate(reason: string): Promise<unknown>;
}

/** Does something to a run. @param text - what a reader has typed; empty for an action without a text */
export type Act = (client: Client, workflowId: string, text: string) => Promise<void>;

/** What is peculiar to a scenario. */
export interface Offer<K extends Knobs, Result> {
  /** All topics of its stream; the panel colours them in this order. */
  topics: readonly string[];
  knobs: KnobSchema<K>;
  /**
   * Its readers: for each name, how long that reader pauses after an item, in milliseconds, by the knobs in force;
   * `undefined` for one that never does. @defaultValue one reader, without a pause
   */
  readers?: Readonly<Record<string, ((knobs: K) => number) | undefined>>;
  /** What a page may do to a run that goes on. @defaultValue nothing */
  actions?: Readonly<Record<string, ActionInfo & { act: Act }>>;
  /** A run still going on after this many milliseconds is terminated. @defaultValue that of all runs */
  timeLimitMs?: number;
  /** Starts the workflow. @param id - the run's id, unique, for the workflow's id */
  start(client: Client, id: string, knobs: K): Promise<Started<Result>>;
  /**
   * Moves knobs of a workflow that goes on. The pauses of its readers follow by themselves.
   * @defaultValue it has no such knobs
   */
  adjust?(client: Client, workflowId: string, moved: Partial<K>): Promise<void>;
  /** What the panel says of the workflow's result. @defaultValue the result itself */
  told?(result: Result): string;
}

/**
 * Makes the launcher of a scenario, which is all that the live book needs to know about it.
 *
 * @param connection - asked at each launch, as the book is served before Temporal answers; `undefined` until then
 */
export function launcherOf<K extends Knobs, Result>(
  offer: Offer<K, Result>,
  connection: () => Connection | undefined,
): Launcher {
  const { topics, knobs: schema, readers = { reader: undefined }, timeLimitMs } = offer;
  const { told = (result: Result): unknown => result, actions = {} } = offer;
  return {
    topics,
    knobs: schema,
    readers: Object.keys(readers),
    actions: Object.fromEntries(
      Object.entries(actions).map(([name, { act: _, ...info }]) => [name, info]),
    ),
    ...(timeLimitMs !== undefined && { timeLimitMs }),
    async launch(id, checked) {
      const connected = ready(connection());
      const knobs = checked as K;
      return followed(connected, await offer.start(connected.client, id, knobs), knobs);
    },
    async adopt(workflowId, checked) {
      const connected = ready(connection());
      const handle = connected.client.workflow.getHandle<() => Promise<Result>>(workflowId);
      await handle.describe().catch((error) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        throw new Refusal(404, 'UnknownRun', 'Temporal does not know this run. Start another.');
      });
      return followed(connected, handle, checked as K);
    },
  };

  function followed({ client, uiUrl }: Connection, handle: Started<Result>, knobs: K): LaunchedRun {
    const { workflowId } = handle;
    const stream = WorkflowStreamClient.create(client, workflowId);
    // However many pages look at it, the stream is read once.
    const relay = new StreamRelay(stream);
    let inForce = knobs;
    return {
      workflowId,
      ...(uiUrl && { uiUrl: runPage(uiUrl, client.options.namespace, workflowId) }),
      outcome: outcomeOf(async () => told(await handle.result())),
      read(reader, from, signal) {
        const pauseMs = readers[reader];
        // A reader that is slow on purpose shows what becomes of a slow reader, so it has the stream to itself.
        const source = pauseMs ? stream : relay;
        const read = readings(source, topics, from, signal);
        return readSlowly(read, from, () => pauseMs?.(inForce) ?? 0, signal);
      },
      knobs: () => inForce,
      async adjust(moved) {
        await offer.adjust?.(client, workflowId, moved as Partial<K>).catch((error) => {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
          throw new Refusal(409, 'RunEnded', 'This run has ended.');
        });
        inForce = { ...inForce, ...moved };
      },
      act: async (action, text) => void (await actions[action]?.act(client, workflowId, text)),
      terminate: async (reason) => void (await handle.terminate(reason)),
    };
  }
}

function ready(connection: Connection | undefined): Connection {
  if (connection) return connection;
  throw new Refusal(503, 'NotReady', 'Temporal is starting. Try again in a moment.');
}

function runPage(uiUrl: string, namespace: string, workflowId: string): string {
  const [inNamespace, ofWorkflow] = [namespace, workflowId].map(encodeURIComponent);
  return `${uiUrl}/namespaces/${inNamespace}/workflows/${ofWorkflow}`;
}
