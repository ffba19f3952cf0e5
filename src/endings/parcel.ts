import {
  ApplicationFailure,
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import { encodePayloadWire, WorkflowStream, type WorkflowStreamState } from 'streambook/workflow';
import { FATE_SIGNAL, type Fate, NEWS } from './events.js';

// #region parcel
/**
 * A parcel that is under way until it is told what becomes of it. It says so before it ends, unless
 * the server ends it.
 *
 * @param state - the stream of the carrier before
 */
export async function parcel(fate?: Fate, state?: WorkflowStreamState): Promise<void> {
  const stream = new WorkflowStream(state);
  const news = stream.topic<string>(NEWS);
  setHandler(defineSignal<[Fate]>(FATE_SIGNAL), (told) => {
    fate = told;
  });

  if (!state) news.publish('under way');
  try {
    // Of a parcel that customs hold there is nothing to say yet.
    await condition(() => fate !== undefined && fate !== 'held');
  } catch (error) {
    if (isCancellation(error)) news.publish('called back');
    throw error;
  }
  if (fate === 'relayed') {
    news.publish('with another carrier');
    await handOver(stream);
  }
  news.publish(`${fate}`);
  if (fate === 'lost') throw ApplicationFailure.nonRetryable('Nobody knows where it is.', 'Lost');
}
// #endregion parcel

/** Continues as new with the log, and nothing else; chapter 7 has a call that does this and more. */
function handOver(stream: WorkflowStream): Promise<never> {
  const log = stream.read().map((item) => ({ ...item, data: encodePayloadWire(item.data) }));
  const state = { log, base_offset: 0, publisher_sequences: {}, publisher_last_seen: {} };
  return continueAsNew<typeof parcel>('delivered', state);
}
