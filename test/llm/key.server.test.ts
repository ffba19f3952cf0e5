import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WorkflowStreamClient } from 'streambook/client';
import { openLab } from 'streambook/lab';
import { ANSWER_TOPICS, startLlm } from 'streambook/llm';
import { afterEach, expect, test, vi } from 'vitest';

const KEY = 'sk-the-secret-of-this-test';

afterEach(() => vi.unstubAllEnvs());

/** A compatible server that answers one model, fails for others, and repeats the key each time. */
async function indiscreetServer(): Promise<{ server: Server; url: string }> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { model } = JSON.parse(body);
    if (model === 'good') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const choice = (delta: object, finish: string | null) =>
        `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
      response.write(choice({ content: 'A local answer.' }, null));
      response.end(`${choice({}, 'stop')}data: [DONE]\n\n`);
      return;
    }
    response.writeHead(Number(model), { 'content-type': 'application/json' });
    const message = `I do not like ${request.headers.authorization}.`;
    response.end(JSON.stringify({ error: { message, type: 'x', code: null } }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}

test('any compatible server is asked, and the key stays with the worker', async () => {
  const { server, url } = await indiscreetServer();
  vi.stubEnv('OPENAI_API_KEY', KEY);
  vi.stubEnv('OPENAI_BASE_URL', url);
  let logged = '';
  const lab = await openLab('llm', {
    onLog: (text) => {
      logged += text;
    },
  });
  const outcomes = ['good', '400', '401', '500'].map(async (model) => {
    const handle = await startLlm(lab.client, crypto.randomUUID(), { model });
    const result = await handle.result().catch((error: Error) => error.message);
    const stream = WorkflowStreamClient.create(lab.client, handle.workflowId);
    const told: unknown[] = [];
    const items = stream.subscribe(ANSWER_TOPICS, 0, { resultType: true });
    for await (const { data } of items) told.push(data);
    const { events } = await handle.fetchHistory();
    const stored = Buffer.from(JSON.stringify(events)).toString();
    return { result, told: JSON.stringify(told), stored };
  });
  const [good, ...bad] = await Promise.all(outcomes);
  await lab.close();
  server.close();

  expect(good?.result).toBe('A local answer.');
  expect(good?.told).toContain('"scripted":false');
  for (const { told } of bad) expect(told).toMatch(/refuses|has failed/);
  expect(bad.map(({ told }) => told).join()).toContain('[key]');
  const everything = [logged, ...[good, ...bad].map((outcome) => JSON.stringify(outcome))].join();
  expect(everything).not.toContain(KEY);
  expect(everything).not.toContain(Buffer.from(KEY).toString('base64'));
});
