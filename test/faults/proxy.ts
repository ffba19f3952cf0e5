/**
 * A proxy for gRPC over plain HTTP/2 that disturbs what goes through it: it delays, loses and
 * repeats calls and drops connections. When the server is away it answers UNAVAILABLE, and finds the
 * server again when that is back.
 */
import { once } from 'node:events';
import {
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { type Fault, type FaultCounts, noFaults } from './fault.ts';
import type { Random } from './random.ts';
import { type Answer, connectUpstream, type Upstream } from './upstream.ts';

const HOST = '127.0.0.1';
/** Longest delay of a request, an answer or a repetition, in milliseconds. */
const LONGEST_DELAY = 150;
const UNAVAILABLE = '14';

/** What a proxy stands before, and what it does. */
export interface ProxyOptions {
  /** Host and port of the server. */
  target: string;
  /** Says what happens to the next call. */
  nextFault: () => Fault | undefined;
  /** Says how long, how and when exactly. */
  random: Random;
}

/** A proxy that runs. */
export interface FaultyProxy {
  /** Host and port to connect to instead of the server's. */
  address: string;
  injected: FaultCounts;
  stop(): Promise<void>;
}

/**
 * Starts a proxy on a free port of this machine. Each connection of a client gets one to the server.
 */
export async function startProxy({
  target,
  nextFault,
  random,
}: ProxyOptions): Promise<FaultyProxy> {
  const injected = noFaults();
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  server.on('session', (session) => {
    const upstream = connectUpstream(target);
    sessions.add(session);
    session.once('close', () => {
      sessions.delete(session);
      upstream.close();
    });
    session.on('stream', (stream, headers) => {
      // A client that goes away makes the stream fail; it is not there to be told.
      stream.on('error', () => {});
      serve(stream, headers, upstream).catch(() => refuse(stream));
    });
  });

  async function serve(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    upstream: Upstream,
  ): Promise<void> {
    const gone = new AbortController();
    stream.once('close', () => gone.abort());
    const call = { headers, body: await buffer(stream) };
    const fault = nextFault();
    if (fault) injected[fault]++;

    if (fault === 'requestDelayed') await wait();
    if (fault === 'requestLost') return refuse(stream);
    if (fault === 'requestCut') return cut(stream);
    if (fault === 'requestRepeated') void repeat();
    // Half of the connections drop before the server has seen the call, half of them after.
    if (fault === 'connectionDropped' && random.pick([true, false])) return drop();
    const answer = await upstream.pass(call, gone.signal);
    if (fault === 'connectionDropped') return drop();
    if (fault === 'answerLost') return refuse(stream);
    if (fault === 'answerCut') return cut(stream);
    if (fault === 'answerTorn') return giveHalf(stream, answer);
    if (fault === 'answerDelayed') await wait();
    give(stream, answer);

    async function repeat(): Promise<void> {
      await wait();
      // By now the connection may be gone, and nobody waits for this answer anyway.
      await upstream.pass(call).catch(() => {});
    }
    function drop(): void {
      stream.session?.destroy();
    }
  }

  const wait = () => delay(random.next() * LONGEST_DELAY);

  server.listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `${HOST}:${port}`,
    injected,
    async stop() {
      server.close();
      for (const session of sessions) session.destroy();
      await once(server, 'close');
    },
  };
}

function give(stream: ServerHttp2Stream, { headers, body, trailers }: Answer): void {
  if (stream.destroyed) return;
  stream.respond(headers, { endStream: !trailers, waitForTrailers: Boolean(trailers) });
  stream.once('wantTrailers', () => stream.sendTrailers(trailers ?? {}));
  if (trailers) stream.end(body);
}

function giveHalf(stream: ServerHttp2Stream, { headers, body }: Answer): void {
  if (stream.destroyed) return;
  stream.respond(headers);
  stream.write(body.subarray(0, body.length / 2), () => cut(stream));
}

/** gRPC clients report this as CANCELLED. */
function cut(stream: ServerHttp2Stream): void {
  stream.close(constants.NGHTTP2_CANCEL);
}

function refuse(stream: ServerHttp2Stream): void {
  if (stream.destroyed || stream.headersSent) return;
  const headers = {
    ':status': 200,
    'content-type': 'application/grpc',
    'grpc-status': UNAVAILABLE,
    'grpc-message': 'by the proxy',
  };
  stream.respond(headers, { endStream: true });
}
