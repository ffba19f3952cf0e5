import fc from 'fast-check';
import { type Answer, type AnswerEvent, foldAnswer, NO_ANSWER } from 'streambook/llm';
import { describe, expect, test } from 'vitest';

const delta = (attempt: number, text: string): AnswerEvent => ({ kind: 'delta', attempt, text });
const start = (attempt: number, model = 'm'): AnswerEvent => ({
  kind: 'start',
  attempt,
  model,
  scripted: true,
});
const heard = (...events: AnswerEvent[]): Answer => events.reduce(foldAnswer, NO_ANSWER);

describe('an answer', () => {
  test('waits until the first word', () => {
    expect(NO_ANSWER.status).toBe('waiting');
    expect(heard(start(1))).toEqual({
      attempt: 1,
      text: '',
      status: 'waiting',
      model: 'm',
      scripted: true,
    });
  });

  test('is what its pieces are together', () => {
    const answer = heard(start(1), delta(1, 'one '), delta(1, 'two'), {
      kind: 'complete',
      attempt: 1,
      finish: 'length',
    });
    expect(answer).toMatchObject({ text: 'one two', status: 'complete', finish: 'length' });
  });

  test('starts again with the first event of a later attempt, whichever it is', () => {
    const later: AnswerEvent[] = [
      start(2),
      { kind: 'retry', attempt: 2 },
      { kind: 'complete', attempt: 2, finish: 'stop' },
      { kind: 'failed', attempt: 2, reason: 'r', again: true },
    ];
    for (const event of later) expect(heard(delta(1, 'garbled'), event).text).toBe('');
    expect(heard(delta(1, 'garbled'), delta(2, 'anew')).text).toBe('anew');
  });

  test('starts again even after an attempt was complete, when its result was lost', () => {
    const complete: AnswerEvent = { kind: 'complete', attempt: 1, finish: 'stop' };
    const answer = heard(delta(1, 'first'), complete, delta(2, 'second'));
    expect(answer).toMatchObject({ text: 'second', status: 'writing' });
    expect(answer.finish).toBeUndefined();
  });

  test('knows the model from the attempt before until the next one names its own', () => {
    expect(heard(start(1, 'a'), { kind: 'retry', attempt: 2 }).model).toBe('a');
    expect(heard(start(1, 'a'), start(2, 'b')).model).toBe('b');
  });

  test('tells why it was interrupted, and for good or not', () => {
    const failed = (again: boolean): AnswerEvent => ({
      kind: 'failed',
      attempt: 1,
      reason: 'r',
      again,
    });
    expect(heard(failed(true))).toMatchObject({ status: 'interrupted', reason: 'r' });
    expect(heard(failed(false))).toMatchObject({ status: 'failed', reason: 'r' });
    expect(heard(failed(true), delta(2, 'x')).reason).toBeUndefined();
  });
});

/** What two attempts say, the late words of the first mixed into the second. */
const interleaved = fc
  .tuple(fc.array(fc.string()), fc.array(fc.string(), { minLength: 1 }), fc.array(fc.nat(20)))
  .map(([early, anew, places]) => {
    const log = [...early.map((text) => delta(1, text)), ...anew.map((text) => delta(2, text))];
    for (const place of places) log.splice(early.length + 1 + place, 0, delta(1, 'zombie'));
    return { log, anew };
  });

test('an answer is what its last attempt said, however late the words of an earlier one come', () => {
  fc.assert(
    fc.property(interleaved, ({ log, anew }) => {
      expect(heard(...log).text).toBe(anew.join(''));
    }),
  );
});

test('hearing an answer does not change what was heard before', () => {
  const before = Object.freeze(heard(delta(1, 'a')));
  foldAnswer(before, delta(1, 'b'));
  expect(before.text).toBe('a');
});
