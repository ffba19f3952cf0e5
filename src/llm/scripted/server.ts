/** A server that speaks OpenAI's protocol and answers from a script, for whoever has no key and for tests. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Mishap, type Refusal, type Script, scriptFor } from './script.js';
import { tokensOf } from './text.js';

/** A scripted server that listens. */
export interface ScriptedServer {
  /** What OpenAI's client takes as `baseURL`. */
  url: string;
  close(): void;
}

/** Longest request body that is read, in bytes. */
const MAX_BODY_BYTES = 1_000_000;

/** Which part of an answer that goes wrong comes before it does. */
const PART_BEFORE_MISHAP = 1 / 5;

/** Starts a scripted server on a free port of this machine; it keeps no process alive. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  server.unref();
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/v1`, close };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
    return refuse(request, response, notFound(`There is no ${request.method} ${request.url}.`));
  }
  const { model, stream } = await readBody(request);
  if (typeof model !== 'string' || stream !== true) {
    return refuse(
      request,
      response,
      notFound('The script answers `stream: true` and a model only.'),
    );
  }
  const script = scriptFor(model, attemptOf(request));
  if (script.fault && 'refusal' in script.fault) {
    return refuse(request, response, script.fault.refusal);
  }
  await write(response, model, script);
}

/** The activity names its attempt in the id by which a provider's support would find the request. */
function attemptOf(request: IncomingMessage): number {
  const id = `${request.headers['x-client-request-id'] ?? ''}`;
  return Number(/-(\d+)$/.exec(id)?.[1] ?? 1);
}

async function readBody(request: IncomingMessage): Promise<{ model?: unknown; stream?: unknown }> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > MAX_BODY_BYTES) throw new RangeError('The request is too long.');
  }
  const parsed: unknown = JSON.parse(body);
  return typeof parsed === 'object' && parsed !== null ? parsed : {};
}

function notFound(message: string): Refusal {
  return { status: 404, type: 'invalid_request_error', code: null, message };
}

/** Careless servers repeat the key in their errors, so this one does. */
function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const { status, headers, message, type, code } = refusal;
  const key = `${request.headers.authorization ?? ''}`.replace('Bearer ', '');
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  const error = { message: message.replace('KEY', key), type, param: null, code };
  response.end(JSON.stringify({ error }));
}

async function write(response: ServerResponse, model: string, script: Script): Promise<void> {
  const { text, firstTokenMs, tokenMs, fault } = script;
  const mishap = fault && 'mishap' in fault ? fault.mishap : undefined;
  const send = (data: object) => response.write(`data: ${JSON.stringify(data)}\n\n`);
  const chunk = chunkOf(model);

  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  send(chunk({ role: 'assistant', content: '' }));
  await delay(firstTokenMs);
  const tokens = tokensOf(text);
  for (const content of mishap ? tokens.slice(0, tokens.length * partSaid(mishap)) : tokens) {
    if (response.destroyed) return;
    send(chunk({ content }));
    // Tokens come unevenly.
    await delay(tokenMs * (0.5 + Math.random()));
  }
  switch (mishap) {
    case 'stall':
      return;
    case 'reset':
      response.destroy();
      return;
    case 'cut':
      response.end();
      return;
    case 'error':
      send({ error: { message: 'The server had an error.', type: 'server_error', code: null } });
      response.end();
      return;
    case 'refusal':
      send(chunk({ refusal: 'I cannot help with that.' }));
  }
  send(chunk({}, FINISH[mishap ?? 'none'] ?? 'stop'));
  response.end('data: [DONE]\n\n');
}

const FINISH: Record<string, string> = { filter: 'content_filter', length: 'length' };

function partSaid(mishap: Mishap): number {
  return mishap === 'empty' || mishap === 'refusal' ? 0 : PART_BEFORE_MISHAP;
}

/** Chunks as in https://platform.openai.com/docs/api-reference/chat-streaming. */
function chunkOf(model: string): (delta: object, finish?: string) => object {
  const created = Math.floor(Date.now() / 1_000);
  const id = `chatcmpl-scripted-${created}`;
  return (delta, finish) => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish ?? null }],
  });
}
