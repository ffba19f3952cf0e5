import { once } from 'node:events';
import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fault } from './fault.ts';
import { type FaultyProxy, startProxy } from './proxy.ts';
import { randomFrom } from './random.ts';
import { type Answer, connectUpstream, type Upstream } from './upstream.ts';

/** A server that repeats what it is told, and remembers it. */
let server: Http2Server;
let heard: string[];
const sessions = new Set<ServerHttp2Session>();
/** The proxy before it, and a client of the proxy. */
let proxy: FaultyProxy;
let client: Upstream;
let fault: Fault | undefined;

beforeEach(async () => {
  heard = [];
  fault = undefined;
  server = await startServer(0);
  const { port } = server.address() as AddressInfo;
  const random = randomFrom(1);
  proxy = await startProxy({ target: `127.0.0.1:${port}`, random, nextFault: () => fault });
  client = connectUpstream(proxy.address);
});
afterEach(async () => {
  client.close();
  await proxy.stop();
  await stopServer();
});

async function startServer(port: number): Promise<Http2Server> {
  const started = createServer();
  started.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  started.on('stream', async (stream, headers) => {
    stream.on('error', () => {});
    const body = await buffer(stream);
    heard.push(body.toString());
    if (headers[':path'] === '/refused') {
      stream.respond({ ':status': 200, 'grpc-status': '5' }, { endStream: true });
      return;
    }
    stream.respond({ ':status': 200, answering: headers.asking }, { waitForTrailers: true });
    stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(body);
  });
  started.listen(port, '127.0.0.1');
  await once(started, 'listening');
  return started;
}

async function stopServer(): Promise<void> {
  server.close();
  for (const session of sessions) session.destroy();
  if (server.listening) await once(server, 'close');
}

function say(text: string, path = '/said'): Promise<Answer> {
  const headers = { ':method': 'POST', ':path': path, te: 'trailers', asking: 'me' };
  return client.pass({ headers, body: Buffer.from(text) });
}

test('passes calls and answers on as they are, of any size', async () => {
  const long = 'long '.repeat(500_000);
  for (const text of ['short', long, '']) {
    const { headers, body, trailers } = await say(text);
    expect(headers).toMatchObject({ ':status': 200, answering: 'me' });
    expect(body.toString()).toBe(text);
    expect(trailers).toMatchObject({ 'grpc-status': '0' });
  }
});

test('passes a failure on that has no body and no trailers', async () => {
  const { headers, trailers } = await say('no', '/refused');
  expect(headers).toMatchObject({ 'grpc-status': '5' });
  expect(trailers).toBeUndefined();
});

test.each<Fault>(['requestDelayed', 'answerDelayed'])('%s: the answer comes', async (kind) => {
  fault = kind;
  expect((await say('hello')).body.toString()).toBe('hello');
  expect(proxy.injected[kind]).toBe(1);
});

test.each<[Fault, string[]]>([
  ['requestLost', []],
  ['answerLost', ['hello']],
])('%s: the client is told UNAVAILABLE, and the server has heard %j', async (kind, known) => {
  fault = kind;
  expect((await say('hello')).headers).toMatchObject({ 'grpc-status': '14' });
  expect(heard).toEqual(known);
});

test.each<[Fault, string[]]>([
  ['requestCut', []],
  ['answerCut', ['hello']],
  ['answerTorn', ['hello']],
])('%s: the client gets no status, and the server has heard %j', async (kind, known) => {
  fault = kind;
  await expect(say('hello')).rejects.toThrow();
  expect(heard).toEqual(known);
});

test('requestRepeated: the client gets one answer, and the server hears the request twice', async () => {
  fault = 'requestRepeated';
  expect((await say('hello')).body.toString()).toBe('hello');
  await expect.poll(() => heard).toEqual(['hello', 'hello']);
});

test('connectionDropped: every call of the client fails, before or after the server has heard it, and the next connection is good', async () => {
  fault = 'connectionDropped';
  for (let calls = 1; calls <= 8; calls++) await expect(say('hello')).rejects.toThrow();
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.length).toBeLessThan(8);
  fault = undefined;
  expect((await say('again')).body.toString()).toBe('again');
});

test('answers UNAVAILABLE while the server is away, and finds it when it is back', async () => {
  await say('hello');
  const { port } = server.address() as AddressInfo;
  await stopServer();
  expect((await say('anybody?')).headers).toMatchObject({ 'grpc-status': '14' });
  server = await startServer(port);
  expect((await say('hello again')).body.toString()).toBe('hello again');
});
