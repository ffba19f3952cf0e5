import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  setHandler,
} from '@temporalio/workflow';
import { WorkflowStream } from 'streambook/workflow';
import { type Closed, type Logbook, VOLUMES, type Volume } from './events.js';

/** Begins a new volume, whether it is time or not. */
const turn = defineSignal('turn');
const close = defineSignal('close');

// #region lighthouse-workflow
/** Hosts the stream of a lighthouse, in as many runs as its life takes. */
export async function lighthouseWorkflow(book: Logbook = {}): Promise<Closed> {
  const { volume = 1, because } = book;
  const stream = new WorkflowStream(book.state, book.options);
  let isClosed = book.isClosed ?? false;
  let isAsked = false;
  setHandler(close, () => {
    isClosed = true;
  });
  setHandler(turn, () => {
    isAsked = true;
  });
  stream.topic<Volume>(VOLUMES).publish({ volume, ...(because && { because }) });

  await condition(() => isClosed || isAsked || stream.rolloverSuggested);
  if (!isClosed) {
    const reason = stream.rolloverReason ?? 'asked';
    await stream.continueAsNew<typeof lighthouseWorkflow>((state) => [
      { ...book, volume: volume + 1, state, because: reason, isClosed },
    ]);
  }
  stream.detachPollers();
  await condition(allHandlersFinished);
  return { volumes: volume, base: stream.baseOffset, next: stream.nextOffset };
}
// #endregion lighthouse-workflow

// #region endless
/** A lighthouse that writes everything into one volume. */
export async function endlessWorkflow(): Promise<void> {
  const stream = new WorkflowStream();
  stream.topic<Volume>(VOLUMES).publish({ volume: 1 });
  await condition(() => false);
}
// #endregion endless

// #region forgetful
/** A lighthouse that begins each volume with an empty page. */
export async function forgetfulWorkflow({ volume = 1 }: Logbook = {}): Promise<void> {
  const stream = new WorkflowStream();
  let isAsked = false;
  setHandler(turn, () => {
    isAsked = true;
  });
  stream.topic<Volume>(VOLUMES).publish({ volume });

  await condition(() => isAsked);
  await continueAsNew<typeof forgetfulWorkflow>({ volume: volume + 1 });
}
// #endregion forgetful
