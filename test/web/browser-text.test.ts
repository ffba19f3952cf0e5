import { expect, test } from 'vitest';
import { eventText, jumpText } from '../../src/web/browser/event-text.ts';

test.each([
  ['its message', { message: 'charging card…' }, 'charging card…'],
  ['its kind', { kind: 'shipped', orderId: '1' }, 'shipped'],
  ['its stage and kind', { kind: 'started', stage: 'parse' }, 'parse started'],
  ['its stage and percent', { stage: 'parse', percent: 50 }, 'parse 50 %'],
  ['its agency and news', { agency: 'north', number: 3, text: 'Fog lifts' }, 'north 3 · Fog lifts'],
  ['its tick and total', { n: 10, of: 30, made: 2, total: 31 }, 'tick 10/30 · 31 parts'],
  ['itself, when it is text', 'charge-1', 'charge-1'],
  ['itself as JSON otherwise', { n: 1 }, '{"n":1}'],
  ['JSON when the message is no text', { message: { html: '<b>' } }, '{"message":{"html":"<b>"}}'],
  [
    'JSON when a word is missing',
    { agency: 'north', text: 'Fog' },
    '{"agency":"north","text":"Fog"}',
  ],
  ['nothing, when there is nothing', undefined, ''],
])('an event is told by %s', (_how, data, text) => {
  expect(eventText(data)).toBe(text);
});

test('a jump names the last offset before it, the next one, and how many were dropped', () => {
  expect(jumpText({ from: 10, to: 13 })).toBe('↪ jumped offset=9 → 13 (3 dropped)');
});

test('a reader that came after the first items were dropped has not jumped', () => {
  expect(jumpText({ from: 0, to: 4 })).toBe('↪ began at offset=4 (4 dropped)');
});
