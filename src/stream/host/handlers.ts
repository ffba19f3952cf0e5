/** What a host answers, under the names that clients in every language use. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { getActivator } from '@temporalio/workflow/lib/global-attributes.js';
import {
  OFFSET_QUERY,
  POLL_QUERY,
  POLL_UPDATE,
  type PollInput,
  type PollResult,
  PUBLISH_SIGNAL,
  type PublishInput,
  READ_QUERY,
  type ReadInput,
  type ReadResult,
} from '../wire.js';

/** Signal by which publishers append a batch. */
export const workflowStreamPublishSignal = defineSignal<[PublishInput]>(PUBLISH_SIGNAL);
/** Update by which readers of the official clients wait for items. */
export const workflowStreamPollUpdate = defineUpdate<PollResult, [PollInput]>(POLL_UPDATE);
/** Query for the offset that the next item will get. */
export const workflowStreamOffsetQuery = defineQuery<number>(OFFSET_QUERY);
/** Query by which our readers read: no event of history, and answered after the run has closed. */
export const workflowStreamReadQuery = defineQuery<ReadResult, [ReadInput]>(READ_QUERY);

/**
 * Answers {@link POLL_QUERY}, without which a client in Python fails when the workflow closes.
 * `setHandler` of the TypeScript SDK 1.23 refuses the name for a query, so this registers it where
 * `setHandler` would.
 */
export function answerPollQuery(handler: (input: ReadInput) => PollResult): void {
  getActivator().queryHandlers.set(POLL_QUERY, { handler });
}
