/** The model's side of an attempt: one request, read piece by piece, and judged by how it ends. */
import type { Finish } from './events.js';
import { cutShort, emptyAnswer, fellSilent, filtered, refusedBy } from './failures.js';
import type { Model } from './model.js';

/** A piece of an answer; the last one tells why the model stopped. */
export interface Piece {
  text: string;
  finish?: Finish;
}

/** What {@link complete} needs beside the model. */
export interface CompletionOptions {
  prompt: string;
  /** Names this attempt to the provider's support. */
  requestId: string;
  /** Aborts the request. */
  signal: AbortSignal;
  /**
   * How long the server may be silent, in milliseconds. A model that reasons may say nothing for a
   * minute. @defaultValue 2 minutes
   */
  silenceMs?: number;
}

const SILENCE_MS = 120_000;

// #region complete
/**
 * Yields the answer as the model writes it. It ends only when the model said that it had finished.
 *
 * @throws ApplicationFailure when the answer broke off, was filtered or refused, said nothing, or fell silent
 * @throws an error of OpenAI's client when the request was refused or did not get through
 */
export async function* complete(model: Model, options: CompletionOptions): AsyncGenerator<Piece> {
  const { prompt, signal, requestId, silenceMs = SILENCE_MS } = options;
  using silence = watchSilence(silenceMs);
  try {
    const chunks = await model.openai.chat.completions.create(
      { model: model.name, messages: [{ role: 'user', content: prompt }], stream: true },
      {
        signal: AbortSignal.any([signal, silence.signal]),
        headers: { 'X-Client-Request-Id': requestId },
      },
    );
    let said = '';
    let refusal = '';
    let finish: string | undefined;
    for await (const { choices } of chunks) {
      silence.interrupt();
      const { delta, finish_reason: reason } = choices[0] ?? {};
      finish = reason ?? finish;
      refusal += delta?.refusal ?? '';
      const text = delta?.content ?? '';
      said += text;
      if (text !== '') yield { text };
    }
    // OpenAI's client ends an aborted stream as if it had come to its end.
    signal.throwIfAborted();
    silence.signal.throwIfAborted();
    if (finish === 'content_filter') throw filtered();
    if (refusal !== '') throw refusedBy(refusal);
    if (finish === undefined) throw cutShort();
    if (said.trim() === '') throw emptyAnswer();
    yield { text: '', finish: finish === 'length' ? 'length' : 'stop' };
  } catch (error) {
    silence.signal.throwIfAborted();
    throw error;
  }
}
// #endregion complete

/** Aborts when it was not interrupted for so long. */
function watchSilence(ms: number): Disposable & { signal: AbortSignal; interrupt(): void } {
  const alarm = new AbortController();
  const timer = setTimeout(() => alarm.abort(fellSilent(ms)), ms);
  return {
    signal: alarm.signal,
    interrupt: () => timer.refresh(),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
