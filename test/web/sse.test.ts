import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeEvent, HEARTBEAT, resumeOffset } from '../../src/web/sse.ts';
import { parseEvents } from './event-source.ts';

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
        const read = parseEvents(wire.join(HEARTBEAT));
        expect(read.map(({ data }) => data)).toEqual(texts);
      }),
    );
  });
});

describe('the offset to resume at', () => {
  test('is 0 when nothing is said', () => {
    expect(resumeOffset(undefined, undefined)).toBe(0);
  });

  test('is the one after the last that arrived', () => {
    expect(resumeOffset('4', undefined)).toBe(5);
  });

  test('is the one asked for in the address', () => {
    expect(resumeOffset(undefined, '4')).toBe(4);
  });

  test('follows the header when a reconnecting browser repeats the address too', () => {
    expect(resumeOffset('7', '2')).toBe(8);
  });

  test.each(['-1', '1.5', '1e3', ' 1', 'x', '0x1', '9007199254740993'])(
    'is refused when it is no offset: %j',
    (text) => {
      expect(() => resumeOffset(text, undefined)).toThrow(/Last-Event-ID must be an offset/);
      expect(() => resumeOffset(undefined, text)).toThrow(/from must be an offset/);
    },
  );
});
