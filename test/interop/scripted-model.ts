/** A model without a network: it says what a script says. */
import type { ModelProvider, StreamEvent } from '@openai/agents-core';

/** A provider that has one model under every name, which answers with what `script` yields. */
export function scriptedModel(script: () => AsyncIterable<StreamEvent>): ModelProvider {
  const model = {
    getResponse: () => Promise.reject(new Error('The scripted model answers in streams only.')),
    getStreamedResponse: script,
  };
  return { getModel: () => model };
}

/** The events of an answer that is spoken word by word. */
export function spoken(words: string[]): StreamEvent[] {
  const content = [{ type: 'output_text' as const, text: words.join('') }];
  const output = [
    {
      type: 'message' as const,
      id: 'message-1',
      role: 'assistant' as const,
      status: 'completed' as const,
      content,
    },
  ];
  const usage = {
    requests: 1,
    inputTokens: 1,
    outputTokens: words.length,
    totalTokens: 1 + words.length,
  };
  return [
    { type: 'response_started' },
    ...words.map((delta) => ({ type: 'output_text_delta' as const, delta })),
    { type: 'response_done', response: { id: 'response-1', usage, output } },
  ];
}
