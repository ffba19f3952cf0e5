/** The gateway of chapter 9 and a real browser: its own client, its cookies, its rules about other origins. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSync } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { ANSWER_TOPICS } from 'streambook/llm';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { cutLine, seeded } from '../../src/gateway/cuts.ts';
import { createGateway, type GatewayOptions } from '../../src/gateway/gateway.ts';
import { type Listening, listen } from '../../src/gateway/listen.ts';
import { inClone } from '../../src/lab/clone.ts';
import { type Lab, openLab } from '../../src/lab/index.ts';
import { CHROMIUM, openChromium } from './chromium.ts';

/** What a browser has got of an answer, and over how many connections. */
interface Got {
  ids: string[];
  text: string;
  opened: number;
}

/** The client to copy, as one script that a page can have. */
const CLIENT = buildSync({
  entryPoints: [inClone('src', 'stream', 'sse', 'follow-events.ts')],
  bundle: true,
  format: 'iife',
  globalName: 'client',
  write: false,
}).outputFiles[0]?.text;

describe.skipIf(!CHROMIUM)('in a browser', () => {
  let lab: Lab;
  let browser: Browser;
  let server: Listening;
  let line: Awaited<ReturnType<typeof cutLine>>;
  let site: ReturnType<typeof createServer>;
  let port: number;

  beforeAll(async () => {
    const taskQueue = `llm-${randomUUID()}`;
    [lab, browser] = await Promise.all([openLab('llm', { taskQueue }), openChromium()]);
    site = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><title>A chat</title>');
    });
    await new Promise<void>((resolve) => site.listen(0, resolve));
    port = (site.address() as AddressInfo).port;
    const options: GatewayOptions = {
      client: lab.client,
      secrets: ['secret'],
      origin: `http://127.0.0.1:${port}`,
      isSecure: false,
      model: 'scripted:short',
      taskQueue,
    };
    server = await listen(createGateway(options));
    const random = seeded(3);
    line = await cutLine({ target: () => server.port, bytes: () => 900 + 1_000 * random() });
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    await line?.close();
    await server?.close(0);
    await lab?.close();
  });

  /** Opens the chat's page under a host: 127.0.0.1 is the origin that may ask, localhost is another site. */
  async function openPage(host: string): Promise<Page> {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(`http://${host}:${port}/`);
    return page;
  }

  /** Asks as a page does; the browser keeps the cookie. @returns the path of the events */
  function ask(page: Page): Promise<string> {
    return page.evaluate(async (url) => {
      const response = await fetch(`${url}/answers`, {
        method: 'POST',
        credentials: 'include',
        headers: { 'Content-Type': 'application/json' },
        body: '{"prompt":"Why?"}',
      });
      return ((await response.json()) as { events: string }).events;
    }, server.url);
  }

  /** Reads with the browser's own client. */
  function readByEventSource(page: Page, url: string): Promise<Got> {
    return page.evaluate(
      ({ url, topics }) =>
        new Promise<Got>((resolve) => {
          const got: Got = { ids: [], text: '', opened: 0 };
          const source = new EventSource(url, { withCredentials: true });
          source.onopen = () => got.opened++;
          source.onerror = () => source.readyState === EventSource.CLOSED && resolve(got);
          for (const topic of topics) {
            source.addEventListener(topic, (event) => {
              const { lastEventId, data } = event as MessageEvent;
              got.ids.push(lastEventId);
              if (topic === 'delta') got.text += JSON.parse(data).data.text;
            });
          }
          source.addEventListener('end', () => {
            source.close();
            resolve(got);
          });
        }),
      { url, topics: ANSWER_TOPICS },
    );
  }

  const resultOf = (events: string) =>
    lab.client.workflow.getHandle<() => Promise<string>>(`llm-${events.split('/')[2]}`).result();
  const numbers = (got: Got) => got.ids.map((_, index) => `${index}`);

  test('EventSource gets each event once over connections that are cut, with a cookie to another origin', async () => {
    const page = await openPage('127.0.0.1');
    const events = await ask(page);
    const got = await readByEventSource(page, line.url + events);
    expect(got.text).toBe(await resultOf(events));
    expect(got.ids).toEqual(numbers(got));
    expect(got.opened).toBeGreaterThan(2);
  });

  test('our client does too, once it was told that it may send Last-Event-ID', async () => {
    const page = await openPage('127.0.0.1');
    const events = await ask(page);
    await page.addScriptTag({ content: CLIENT ?? '' });
    const got = await page.evaluate(async (url) => {
      const got: Got = { ids: [], text: '', opened: 0 };
      const { followEvents } = Reflect.get(globalThis, 'client');
      const options = {
        credentials: 'include',
        retryMs: 50,
        onState: (state: string) => state === 'open' && got.opened++,
      };
      for await (const { event, offset, data } of followEvents(url, options)) {
        if (offset !== undefined) got.ids.push(`${offset}`);
        if (event === 'delta') got.text += JSON.parse(data).data.text;
      }
      return got;
    }, line.url + events);
    expect(got.text).toBe(await resultOf(events));
    expect(got.ids).toEqual(numbers(got));
    expect(got.opened).toBeGreaterThan(2);
  });

  test('EventSource gives up at a status that is not 200', async () => {
    const page = await openPage('127.0.0.1');
    const got = await readByEventSource(page, `${server.url}/answers/another/events`);
    expect(got).toEqual({ ids: [], text: '', opened: 0 });
  });

  test('a page of another site neither asks nor reads', async () => {
    const page = await openPage('127.0.0.1');
    const events = await ask(page);
    await page.goto(`http://localhost:${port}/`);
    const refusal = await ask(page).catch((error: Error) => error);
    expect(refusal).toBeInstanceOf(Error);
    expect(await readByEventSource(page, server.url + events)).toMatchObject({ ids: [] });
  });
});
