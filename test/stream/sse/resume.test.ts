import { expect, test } from 'vitest';
import { resumeOffset } from '../../../src/stream/sse/resume.ts';

/** A request for a stream, as a browser sends it. */
function asking({ from, last }: { from?: string; last?: string }): Request {
  const url = new URL('http://127.0.0.1/events');
  if (from !== undefined) url.searchParams.set('from', from);
  return new Request(url, { headers: last === undefined ? {} : { 'Last-Event-ID': last } });
}

test('who says nothing begins at 0', () => {
  expect(resumeOffset(asking({}))).toBe(0);
  expect(resumeOffset(asking({ from: '', last: '' }))).toBe(0);
});

test('who comes back goes on after the last event that arrived', () => {
  expect(resumeOffset(asking({ last: '4' }))).toBe(5);
});

test('who asks in the address gets what it asks for', () => {
  expect(resumeOffset(asking({ from: '4' }))).toBe(4);
});

test('the header counts when a browser that reconnects repeats the address too', () => {
  expect(resumeOffset(asking({ from: '2', last: '7' }))).toBe(8);
});

test.each(['-1', '1.5', '1e3', 'x', '0x1', '9007199254740991', '9007199254740993'])(
  '%j is no offset, and is refused',
  (text) => {
    expect(() => resumeOffset(asking({ last: text }))).toThrow(/Last-Event-ID must be an offset/);
    expect(() => resumeOffset(asking({ from: text }))).toThrow(/from must be an offset/);
  },
);
