import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { cutLine, seeded } from '../../src/gateway/cuts.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../../src/gateway/gateway.ts';
import { listen } from '../../src/gateway/listen.ts';
import { askGateway, NEW_PAGE, readAnswer } from '../../src/gateway/reader.ts';
import { type Lab, openLab } from '../../src/lab/index.ts';
import { countCalls } from '../../src/pipeline/calls.ts';
import { finished, startCommand } from '../support/command.ts';
import { receiveEvents } from '../web/event-source.ts';

const ORIGIN = 'http://chat.example';

let lab: Lab;
let options: GatewayOptions;
beforeAll(async () => {
  const taskQueue = `llm-${randomUUID()}`;
  lab = await openLab('llm', { taskQueue });
  options = {
    client: lab.client,
    secrets: ['secret'],
    origin: ORIGIN,
    isSecure: false,
    model: 'scripted:fast',
    taskQueue,
  };
});
afterAll(() => lab.close());

async function serve(gateway: Gateway) {
  const listening = await listen(gateway);
  onTestFinished(() => listening.close(0));
  return listening;
}

const resultOf = (id: string) =>
  lab.client.workflow.getHandle<() => Promise<string>>(`llm-${id}`).result();

test('an answer over a line that is cut, from a gateway that is replaced, has every token once', async () => {
  let server = await serve(createGateway(options));
  const random = seeded(7);
  const line = await cutLine({
    target: () => server.port,
    bytes: () => 1_500 + 4_000 * random(),
  });
  onTestFinished(() => line.close());
  const { id, events, cookie } = await askGateway(server.url, ORIGIN, 'Why?');

  const offsets: number[] = [];
  let page = NEW_PAGE;
  for await (page of readAnswer(`${line.url}${events}`, { cookie, retryMs: 20 })) {
    offsets.push(page.next - 1);
    if (offsets.length === 200) {
      const old = server;
      server = await serve(createGateway(options));
      await old.close();
    }
  }
  expect(line.cuts).toBeGreaterThan(5);
  expect(offsets).toEqual(offsets.map((_, index) => index));
  expect(page.answer).toMatchObject({ status: 'complete', text: await resultOf(id) });
});

test('25 readers of an answer are one reader of its stream', async () => {
  const counted = countCalls(lab.client);
  const gateway = createGateway({ ...options, client: counted.client });
  const server = await serve(gateway);
  const { id, events, cookie } = await askGateway(server.url, ORIGIN, 'Why?');
  const read = async () => {
    let text = '';
    for await (const { answer } of readAnswer(`${server.url}${events}`, { cookie })) {
      text = answer.text;
    }
    return text;
  };
  const texts = await Promise.all(Array.from({ length: 25 }, read));
  expect(new Set(texts)).toEqual(new Set([await resultOf(id)]));
  const { queryWorkflow = 0 } = counted.calls;
  // One query for each batch of 200 ms at most; each reader for itself would need 25 times as many.
  const batches = (await lab.client.workflow.getHandle(`llm-${id}`).describe()).historyLength / 4;
  expect(queryWorkflow).toBeLessThan(2 * batches);
  await expect.poll(() => gateway.relays.size).toBe(0);
});

describe('a gateway that goes away', () => {
  test('ends its event streams without an end, so that browsers come back', async () => {
    const server = await serve(createGateway({ ...options, model: 'scripted:short,stall' }));
    const { events, cookie } = await askGateway(server.url, ORIGIN, 'Why?');
    const response = await fetch(`${server.url}${events}`, { headers: { Cookie: cookie } });
    const received: string[] = [];
    let closed: Promise<void> | undefined;
    for await (const { event } of receiveEvents(response)) {
      received.push(event);
      closed ??= server.close();
    }
    await closed;
    expect(received).toContain('start');
    expect(received).not.toContain('end');
  });

  test('does not wait for a request that does not end', async () => {
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const gateway = createGateway(options);
    const server = await serve({
      ...gateway,
      fetch: () => {
        asked();
        return new Promise(() => {});
      },
    });
    const answer = fetch(server.url).catch((error: Error) => error);
    await isAsked;
    await server.close(50);
    expect(await answer).toBeInstanceOf(Error);
  });
});

test.each([
  [['--readers', 'many'], '--readers must be a whole number from 1 to 200, not "many".'],
  [['--fast'], "Unknown option '--fast'"],
])('npm run gateway answers %j with a sentence and its usage', async (args, sentence) => {
  const { code, out, err } = await finished(startCommand('gateway', ...args));
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(err).toContain('Usage: npm run gateway');
  expect(out).toBe('');
});
