import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkTopics,
  encodeComment,
  encodeEvent,
  encodeReading,
  toEvent,
} from '../../../src/stream/sse/encode.ts';
import { parseEvents } from '../../web/event-source.ts';

describe('encoding an event', () => {
  test('writes name, id and data, and an empty line at the end', () => {
    const text = encodeEvent({ event: 'status', id: '3', data: '{"kind":"shipped"}' });
    expect(text).toBe('event: status\nid: 3\ndata: {"kind":"shipped"}\n\n');
  });

  test('leaves the id out when there is none, so that the last offset stays', () => {
    expect(encodeEvent({ event: 'end', data: '{}' })).toBe('event: end\ndata: {}\n\n');
  });

  test('gives every line of the data a field of its own', () => {
    const text = encodeEvent({ event: 'status', data: 'a\nb\r\nc\rd\n' });
    expect(text).toBe('event: status\ndata: a\ndata: b\ndata: c\ndata: d\ndata: \n\n');
  });

  test.each([
    { event: 'status\ndata: forged', id: '1' },
    { event: 'status', id: '1\r\nevent: end' },
    { event: 'status', id: '1\0' },
  ])('refuses a name or an id that would forge a field: %j', (fields) => {
    expect(() => encodeEvent({ ...fields, data: '' })).toThrow(RangeError);
  });

  test('brings any JSON text back as it was, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.array(fc.json()), (texts) => {
        const wire = texts.map((data, id) => encodeEvent({ event: 'topic', id: `${id}`, data }));
        const read = parseEvents(wire.join(encodeComment('still here')));
        expect(read.map(({ data }) => data)).toEqual(texts);
      }),
    );
  });
});

test('a comment is one line that browsers ignore', () => {
  expect(encodeComment('gone:\r\nid: 9')).toBe(': gone: id: 9\n\n');
  expect(parseEvents(encodeComment('data: x\n\ndata: y'))).toEqual([]);
});

describe('what a reader meets', () => {
  test('goes under the name of its topic, with its offset as id', () => {
    const item = { offset: 7, topic: 'status', data: { kind: 'shipped' } };
    expect(toEvent(item)).toEqual({ event: 'status', id: '7', data: JSON.stringify(item) });
  });

  test('has the last offset of a gap as id, so that who reconnects goes on behind it', () => {
    expect(toEvent({ from: 2, to: 5 })).toEqual({
      event: 'gap',
      id: '4',
      data: '{"from":2,"to":5}',
    });
  });

  test('is encoded once however many read it, and anew when the same value is another item', () => {
    const data = { kind: 'shipped' };
    const first = encodeReading({ offset: 1, topic: 'status', data });
    expect(encodeReading({ offset: 1, topic: 'status', data })).toBe(first);
    const other = encodeReading({ offset: 2, topic: 'status', data });
    expect(parseEvents(new TextDecoder().decode(other))).toMatchObject([{ id: '2' }]);
    const renamed = encodeReading({ offset: 2, topic: 'news', data });
    expect(parseEvents(new TextDecoder().decode(renamed))).toMatchObject([{ event: 'news' }]);
  });

  test('may be any value that JSON has, and none', () => {
    for (const data of ['text', 0, null, true, undefined]) {
      const [event] = parseEvents(
        new TextDecoder().decode(encodeReading({ offset: 0, topic: 't', data })),
      );
      expect(JSON.parse(event?.data ?? '')).toEqual({ offset: 0, topic: 't', data });
    }
  });
});

test.each(['end', 'gap', 'error', 'message', 'open', 'two\nlines', 'a\rb'])(
  'a topic cannot be called %j, which has a meaning of its own',
  (topic) => {
    expect(() => checkTopics(['status', topic])).toThrow(RangeError);
    expect(() => checkTopics(['status'])).not.toThrow();
  },
);
