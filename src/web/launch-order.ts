import type { Client } from '@temporalio/client';
import { WorkflowStreamClient } from 'streambook/client';
import { startOrder } from 'streambook/order';
import { outcomeOf } from './outcome.js';
import { Refusal } from './refusal.js';
import type { Launcher } from './runs.js';

/** A connection to Temporal, and where its web UI is. */
export interface Connection {
  client: Client;
  /** Address of the web UI, without a slash at its end; none when it is unknown. */
  uiUrl?: string;
}

const TOPICS = ['status', 'progress'];

/**
 * Offers the scenario `order`, with one knob: whether the card can be charged.
 *
 * @param connection - asked at each launch, as the book is served before Temporal answers; `undefined` until then
 */
export function orderLauncher(connection: () => Connection | undefined): Launcher {
  return {
    topics: TOPICS,
    knobs: { card: ['ok', 'declined'] },
    async launch(id, knobs) {
      const connected = connection();
      if (!connected) {
        throw new Refusal(503, 'NotReady', 'Temporal is starting. Try again in a moment.');
      }
      const { client, uiUrl } = connected;
      const card = knobs.card === 'declined' ? 'declined' : 'ok';
      const handle = await startOrder(client, id, { card });
      const { workflowId } = handle;
      const stream = WorkflowStreamClient.create(client, workflowId);
      return {
        workflowId,
        ...(uiUrl && { uiUrl: runPage(uiUrl, client.options.namespace, workflowId) }),
        outcome: outcomeOf(handle.result()),
        events: (from, signal) => stream.subscribe(TOPICS, from, { resultType: true, signal }),
        terminate: async (reason) => void (await handle.terminate(reason)),
      };
    },
  };
}

function runPage(uiUrl: string, namespace: string, workflowId: string): string {
  const [inNamespace, ofWorkflow] = [namespace, workflowId].map(encodeURIComponent);
  return `${uiUrl}/namespaces/${inNamespace}/workflows/${ofWorkflow}`;
}
