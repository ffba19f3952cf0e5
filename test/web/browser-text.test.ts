import { expect, test } from 'vitest';
import { eventText } from '../../src/web/browser/event-text.ts';

test.each([
  ['its message', { message: 'charging card…' }, 'charging card…'],
  ['its kind', { kind: 'shipped', orderId: '1' }, 'shipped'],
  ['itself, when it is text', 'charge-1', 'charge-1'],
  ['itself as JSON otherwise', { n: 1 }, '{"n":1}'],
  ['JSON when the message is no text', { message: { html: '<b>' } }, '{"message":{"html":"<b>"}}'],
  ['nothing, when there is nothing', undefined, ''],
])('an event is told by %s', (_how, data, text) => {
  expect(eventText(data)).toBe(text);
});
