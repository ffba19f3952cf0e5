import type { WorkflowHandle } from '@temporalio/client';
import type { WorkflowStreamClient, WorkflowStreamItem } from 'streambook/client';
import { READ_QUERY, type ReadInput, type ReadResult } from 'streambook/wire';

/** An item of a log, and when it was first seen. */
export interface Seen<T> {
  time: number;
  item: WorkflowStreamItem<T>;
}

/** The edges of a log as they once were. */
export interface Edges {
  base: number;
  /** The offset of the next item. */
  end: number;
}

/** What was seen of a log, from its first item to its last. */
export interface SeenLog<T> {
  items: Seen<T>[];
  edges: Edges[];
}

/**
 * Watches a log to its end, by a reader that never pauses. No reader is told when the base moves, so
 * the host is asked for it after each item; who asks does not wait, or it would see later items late.
 *
 * @param now - the clock
 */
export async function watchLog<T>(
  stream: WorkflowStreamClient,
  handle: WorkflowHandle,
  now: () => number,
): Promise<SeenLog<T>> {
  const items: Seen<T>[] = [];
  const asked: Promise<Edges>[] = [];
  for await (const item of stream.subscribe<T>([], 0, { resultType: true })) {
    // Of several topics it is typed as one of its values; who describes it knows which.
    items.push({ time: now(), item: item as WorkflowStreamItem<T> });
    asked.push(edgesOf(handle, { from: item.offset + 1 }));
  }
  return { items, edges: await Promise.all(asked) };
}

/**
 * Asks for the edges of a log, and behind its last item, so that nothing but numbers is sent.
 *
 * @param afterTask - as the log was after the workflow task that this event completed. What has been
 * truncated since then is not known any more.
 */
export async function edgesOf(
  handle: WorkflowHandle,
  { from, afterTask }: { from: number; afterTask?: number },
): Promise<Edges> {
  const input: ReadInput = {
    ...{ topics: [], from_offset: from, max_bytes: 1 },
    ...(afterTask !== undefined && { after_task: afterTask }),
  };
  const answer = await handle.query<ReadResult, [ReadInput]>(READ_QUERY, input);
  return { base: answer.base_offset, end: answer.end_offset };
}
