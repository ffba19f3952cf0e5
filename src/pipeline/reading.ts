import type { Client } from '@temporalio/client';
import { WorkflowStreamClient } from 'streambook/client';
import type { CursorStore } from './cursors.js';
import { PIPELINE_TOPICS, type StageEvent, type StageProgress } from './events.js';
import { addToInbox } from './inbox.js';
import { describeEvent, type PipelineEvent } from './lines.js';
import { type Order, type Place, take } from './take.js';

/** How a reader goes about it. */
export interface ReadingOptions extends Place {
  workflowId: string;
  /** @defaultValue 'together' */
  order?: Order;
  /** Called half-way through an item. */
  halfWay?: (offset: number) => void;
}

// #region read-on
/**
 * Reads on from where the person's row says, puts a line into the inbox for each event, and yields the
 * event when both the line and the new place are stored. Ends when the pipeline has ended.
 *
 * @throws what `subscribe` and the database throw
 */
export async function* readOn(
  client: Client,
  cursors: CursorStore,
  { workflowId, user, run, order = 'together', halfWay = () => {} }: ReadingOptions,
): AsyncGenerator<PipelineEvent, void, undefined> {
  const from = await cursors.load(user, run);
  const stream = new WorkflowStreamClient(client.workflow.getHandle(workflowId, run));
  const events = stream.subscribe<StageEvent | StageProgress>(PIPELINE_TOPICS, from, {
    resultType: true,
  });
  for await (const event of events) {
    const { offset } = event;
    const line = { user, run, offset, text: describeEvent(event) };
    await take(cursors, order, {
      ...{ user, run, offset },
      effect: (query) => addToInbox(query, line),
      halfWay: () => halfWay(offset),
    });
    yield event;
  }
}
// #endregion read-on
