import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { encodeEvent } from '../../../src/stream/sse/encode.ts';
import {
  createParser,
  type FollowOptions,
  followEvents,
  type StreamEvent,
} from '../../../src/stream/sse/follow-events.ts';

/** An HTTP server that answers as the test says. @returns its address */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
}

async function follow(url: string, options: FollowOptions = {}): Promise<StreamEvent[]> {
  const received: StreamEvent[] = [];
  for await (const event of followEvents(url, { retryMs: 20, ...options })) received.push(event);
  return received;
}

const item = (offset: number) =>
  encodeEvent({ event: 'n', id: `${offset}`, data: `item ${offset}` });
const END = encodeEvent({ event: 'end', data: '{}' });
const offsets = (events: StreamEvent[]) =>
  events.flatMap(({ offset }) => (offset === undefined ? [] : [offset]));
const wantedBy = (header: string | string[] | undefined) =>
  header === undefined ? 0 : Number(header) + 1;

describe('events are parsed as a browser does', () => {
  const whole = ': hello\r\nretry: 1000\n\nevent: n\nid: 7\ndata: a\ndata:b\r\rdata: last\n\n';
  const expected = [
    { event: 'n', offset: 7, data: 'a\nb' },
    { event: 'message', offset: undefined, data: 'last' },
  ];

  test('whatever the pieces they come in', () => {
    const cuts = fc.array(fc.nat(whole.length), { maxLength: 8 });
    fc.assert(
      fc.property(cuts, (places) => {
        const edges = [0, ...places.sort((a, b) => a - b), whole.length];
        const parse = createParser();
        const events = edges.flatMap((from, index) => parse(whole.slice(from, edges[index + 1])));
        expect(events).toEqual(expected);
      }),
    );
  });

  test('and an event that is not finished is none', () => {
    expect(createParser()('event: n\ndata: half\n')).toEqual([]);
  });
});

describe('a stream is followed to its end', () => {
  test('from the offset that is wanted', async () => {
    const url = await serve(({ headers }, response) => {
      const from = wantedBy(headers['last-event-id']);
      response.end([0, 1, 2, 3].slice(from).map(item).join('') + END);
    });
    expect(offsets(await follow(url))).toEqual([0, 1, 2, 3]);
    expect(offsets(await follow(url, { from: 2 }))).toEqual([2, 3]);
  });

  test('over connections that are cut anywhere, with nothing missing and nothing twice', async () => {
    const LENGTH = 40;
    let connections = 0;
    const url = await serve(({ headers }, response) => {
      connections++;
      const from = wantedBy(headers['last-event-id']);
      // A server that is not quite right begins a little too early.
      const begin = Math.max(0, from - 2);
      const text = Array.from({ length: LENGTH - begin }, (_, index) => item(begin + index)).join(
        '',
      );
      const cut = connections < 6 ? 60 + 37 * connections : Number.POSITIVE_INFINITY;
      response.write((text + END).slice(0, cut));
      if (connections < 6) setImmediate(() => response.destroy());
      else response.end();
    });
    const events = await follow(url);
    expect(offsets(events)).toEqual([...Array(LENGTH).keys()]);
    expect(events.at(-1)?.event).toBe('end');
    expect(connections).toBe(6);
  }, 30_000);

  test('past a server that is starting, and one that is gone for a moment', async () => {
    const states: string[] = [];
    let asked = 0;
    const url = await serve((_, response) => {
      asked++;
      if (asked === 1) response.writeHead(503).end();
      else if (asked === 2) response.destroy();
      else response.end(item(0) + END);
    });
    const onState = (state: string) => states.push(state);
    expect(offsets(await follow(url, { onState }))).toEqual([0]);
    expect(states).toEqual(['waiting', 'waiting', 'open']);
  });

  test('with pauses that grow as long as they may, and no longer', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      if (++asked <= 6) response.writeHead(503).end();
      else response.end(END);
    });
    const pauses: number[] = [];
    const onState = (_state: string, retryMs?: number) => {
      if (retryMs !== undefined) pauses.push(retryMs);
    };
    await follow(url, { retryMs: 8, longestRetryMs: 16, onState });
    expect(pauses).toHaveLength(6);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(16);
    expect(Math.max(...pauses)).toBeGreaterThan(4);
  });

  test('past a connection that is dead without a word', async () => {
    let asked = 0;
    const url = await serve(({ headers }, response) => {
      asked++;
      // Says nothing more after its first item, and does not hang up either.
      if (wantedBy(headers['last-event-id']) === 0) response.write(item(0));
      else response.end(item(1) + END);
    });
    expect(offsets(await follow(url, { silenceMs: 200 }))).toEqual([0, 1]);
    expect(asked).toBeGreaterThanOrEqual(2);
  });

  test('past a server that takes the question and does not answer', async () => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked++;
      if (asked > 1) response.end(item(0) + END);
    });
    expect(offsets(await follow(url, { silenceMs: 200 }))).toEqual([0]);
  });

  test('but not past a server that refuses', async () => {
    const url = await serve((_, response) => response.writeHead(404).end());
    await expect(follow(url)).rejects.toMatchObject({ name: 'Refused', status: 404 });
  });

  test('or as long as it is wanted', async () => {
    const url = await serve((_, response) => response.write(item(0)));
    const leaving = new AbortController();
    const seen: StreamEvent[] = [];
    for await (const event of followEvents(url, { signal: leaving.signal })) {
      seen.push(event);
      leaving.abort();
    }
    expect(offsets(seen)).toEqual([0]);
  });
});

test('the client is less than 2 kB, as a page loads it', () => {
  const path = fileURLToPath(new URL('../../../src/stream/sse/follow-events.ts', import.meta.url));
  const options = { bundle: true, minify: true, format: 'esm', write: false } as const;
  const { outputFiles } = buildSync({ ...options, entryPoints: [path], tsconfigRaw: {} });
  const script = outputFiles[0]?.contents ?? new Uint8Array();
  expect(script.length).toBeLessThan(2_048);
  expect(gzipSync(script).length).toBeLessThan(1_100);
});
