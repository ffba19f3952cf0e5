/** Workflows that host a stream while everything around them fails. */
import { condition, defineSignal, setHandler } from '@temporalio/workflow';
import { WorkflowStream, type WorkflowStreamState } from 'streambook/workflow';
import { type Numbered, numbered } from './sequence.ts';

const endSignal = defineSignal('end');

/**
 * Hosts a stream for publishers outside until it is told to end. It has the last word itself, in the
 * same breath in which it ends: the item that is the easiest one to miss.
 */
export async function hosting(): Promise<void> {
  const stream = new WorkflowStream();
  let ended = false;
  setHandler(endSignal, () => {
    ended = true;
  });
  await condition(() => ended);
  stream.topic<Numbered>('host').publish(numbered('host', 0));
}

/** How many items a run takes before it hands over to the next one. */
const ITEMS_A_RUN = 150;

/** The same, over several runs: each hands the stream over when it has taken its share. */
export async function rolling(state?: WorkflowStreamState, wasEnded = false): Promise<void> {
  const stream = new WorkflowStream(state);
  const begin = stream.nextOffset;
  let ended = wasEnded;
  setHandler(endSignal, () => {
    ended = true;
  });
  await condition(() => ended || stream.nextOffset - begin >= ITEMS_A_RUN);
  // The end may be told while the stream is handed over, and is handed over then, too.
  if (!ended) await stream.continueAsNew<typeof rolling>((next) => [next, ended]);
  stream.topic<Numbered>('host').publish(numbered('host', 0));
}
