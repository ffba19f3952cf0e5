import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { describe, expect, test, vi } from 'vitest';
import { createGateway, type GatewayOptions } from '../../src/gateway/gateway.ts';
import { sealGrant } from '../../src/gateway/grants.ts';

const ORIGIN = 'https://chat.example';
const URL = 'https://api.chat.example';
const SECRETS = ['secret'] as const;

/** A Temporal server that takes every question and knows the workflows that it is told. */
function open(options: Partial<GatewayOptions> = {}, known: string[] = []) {
  const start = vi.fn(async () => ({}));
  const getHandle = (workflowId: string) => ({
    workflowId,
    async describe() {
      if (!known.includes(workflowId)) throw new WorkflowNotFoundError('', workflowId, undefined);
    },
  });
  const client = { workflow: { start, getHandle } } as unknown as Client;
  const gateway = createGateway({
    client,
    secrets: SECRETS,
    origin: ORIGIN,
    model: 'scripted',
    ...options,
  });
  const request = (path: string, init?: RequestInit) =>
    gateway.fetch(new Request(`${URL}${path}`, init));
  const ask = (headers: Record<string, string> = {}, body = '{"prompt":"Why?"}') =>
    request('/answers', {
      method: 'POST',
      headers: { Origin: ORIGIN, 'Content-Type': 'application/json', ...headers },
      body,
    });
  return { start, request, ask };
}

async function cookieFor(id: string, secret = 'secret'): Promise<string> {
  const expiresAt = Math.floor(Date.now() / 1_000) + 60;
  const cookie = await sealGrant({ id, reader: 'ines', expiresAt }, [secret], '/', true);
  return cookie.split(';')[0] ?? '';
}

describe('a question', () => {
  test('is started, and its answer is granted to who has asked', async () => {
    const { ask, start } = open({ whoAsks: () => 'ines' });
    const response = await ask();
    expect(response.status).toBe(201);
    const { id, events } = (await response.json()) as Record<string, string>;
    expect(events).toBe(`/answers/${id}/events`);
    expect(start).toHaveBeenCalledExactlyOnceWith(
      'llmWorkflow',
      expect.objectContaining({
        workflowId: `llm-${id}`,
        args: [{ prompt: 'Why?', model: 'scripted' }],
      }),
    );
    const cookie = response.headers.get('Set-Cookie');
    expect(cookie).toContain(`answer=${id}.ines.`);
    expect(cookie).toContain(`Path=${events}`);
  });

  test.each([
    ['a page of another origin', 403, { Origin: 'https://evil.example' }, undefined],
    ['a form', 415, { 'Content-Type': 'text/plain' }, undefined],
    ['no JSON', 400, {}, 'Why?'],
    ['an empty question', 400, {}, '{"prompt":" "}'],
    ['a question that is no text', 400, {}, '{"prompt":7}'],
    ['a book', 413, {}, JSON.stringify({ prompt: 'x'.repeat(40_000) })],
  ])('is not started for %s', async (_, status, headers, body) => {
    const { ask, start } = open();
    const response = await ask(headers as Record<string, string>, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/\w/) });
    expect(start).not.toHaveBeenCalled();
  });

  test('is not started when its answer could be granted to nobody', async () => {
    const onError = vi.fn();
    const { ask, start } = open({ whoAsks: () => 'ines@chat.example', onError });
    expect((await ask()).status).toBe(500);
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(RangeError));
    expect(start).not.toHaveBeenCalled();
  });

  test('that the server cannot start is an error of which the browser learns nothing', async () => {
    const onError = vi.fn();
    const { ask, start } = open({ onError });
    const failure = new Error('the namespace is called so-and-so');
    start.mockRejectedValue(failure);
    const response = await ask();
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('so-and-so');
    expect(onError).toHaveBeenCalledExactlyOnceWith(failure);
  });
});

describe('an answer is shown to nobody', () => {
  const read = (cookie?: string, options?: Partial<GatewayOptions>, known?: string[]) =>
    open(options, known).request(
      '/answers/a1/events',
      cookie ? { headers: { Cookie: cookie } } : {},
    );

  test('without a grant: 401', async () => {
    expect((await read()).status).toBe(401);
  });

  test('with a grant that somebody else has signed: 401', async () => {
    expect((await read(await cookieFor('a1', 'guess'), {}, ['llm-a1'])).status).toBe(401);
  });

  test('with the grant of another answer: 403, whether there is one or not', async () => {
    const cookie = await cookieFor('a2');
    expect((await read(cookie, {}, ['llm-a1'])).status).toBe(403);
    expect((await read(cookie)).status).toBe(403);
  });

  test('once it is not kept any more: 404', async () => {
    expect((await read(await cookieFor('a1'))).status).toBe(404);
  });

  test('when too many are watched: 503, with the time after which to ask again', async () => {
    const response = await read(await cookieFor('a1'), { maxStreams: 0 }, ['llm-a1']);
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('5');
  });
});

describe('a page of the one origin', () => {
  const preflight = (origin: string) =>
    open().request('/answers/a1/events', {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'last-event-id',
      },
    });

  test('may send a cookie and where it goes on', async () => {
    const { headers } = await preflight(ORIGIN);
    expect(headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN);
    expect(headers.get('Access-Control-Allow-Credentials')).toBe('true');
    expect(headers.get('Access-Control-Allow-Headers')).toContain('Last-Event-ID');
  });

  test('is told why it is refused, which it could not read otherwise', async () => {
    const response = await open().request('/answers/a1/events', { headers: { Origin: ORIGIN } });
    expect(response.status).toBe(401);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN);
  });

  test.each(['https://evil.example', 'http://chat.example', 'null'])(
    'is not %s',
    async (origin) => {
      const { headers } = await preflight(origin);
      expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
    },
  );
});
