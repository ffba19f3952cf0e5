/** Pages that are refreshed in the middle of a run, and go on where their readers were. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { llmLauncher } from '../../src/web/launch-llm.ts';
import { fakeLauncher } from '../web/book-under-test.ts';
import { CHROMIUM } from './chromium.ts';
import { ended, expectWhole, laneOf, offsetsOn, readLines, run, setStage } from './stage.ts';

/** Five events in each of six stages. */
const STAGES = 30;

describe.skipIf(!CHROMIUM)('a page that is refreshed', () => {
  const { lab, connection, realLauncher, openPanel } = setStage(['pipeline', 'ticker', 'llm']);

  /** Which offsets are asked for from now on: for each request, the reader and the first one that it wants. */
  function watchRequests(page: Page): Map<string, number[]> {
    const asked = new Map<string, number[]>();
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (!pathname.endsWith('/events')) return;
      const reader = searchParams.get('reader') ?? '';
      const last = request.headers()['last-event-id'];
      const from = last === undefined ? Number(searchParams.get('from') ?? 0) : Number(last) + 1;
      asked.set(reader, [...(asked.get(reader) ?? []), from]);
    });
    return asked;
  }

  const cursorRow = (page: Page) => page.locator('.run-cursors').textContent();

  test('asks for nothing that it has shown already, and shows each event once', async () => {
    const { page, complaints } = await openPanel('pipeline', realLauncher('pipeline'));
    await run(page, { 'each stage takes': 0.8 });
    await page.getByText('check started').waitFor();
    const asked = watchRequests(page);
    await page.reload();
    await page.getByText('resumed at').waitFor();
    const [, at] = /resumed at offset (\d+)$/.exec((await cursorRow(page)) ?? '') ?? [];
    const resumedAt = Number(at);
    expect(resumedAt).toBeGreaterThanOrEqual(11);
    await ended(page, 'completed');

    expect(asked.get('reader')).toEqual([resumedAt]);
    expect(await offsetsOn(page)).toEqual([...Array(STAGES).keys()]);
    expect(await cursorRow(page)).toBe(`cursor: ${STAGES} · resumed at offset ${resumedAt}`);
    expect(complaints).toEqual([]);
  });

  test('shows a run that has ended without asking for any of it, and another tab reads it from 0', async () => {
    const { page, context, complaints } = await openPanel('pipeline', realLauncher('pipeline'));
    await run(page, { 'each stage takes': 0 });
    await ended(page, 'completed');
    const asked = watchRequests(page);
    await page.reload();
    await ended(page, 'completed');
    expect(asked.get('reader')).toEqual([STAGES]);
    expect(await offsetsOn(page)).toEqual([...Array(STAGES).keys()]);

    const address = await page.locator('.run-place a').first().getAttribute('href');
    const other = await context.newPage();
    const askedByOther = watchRequests(other);
    await other.goto(new URL(`${address}`, page.url()).href);
    await ended(other, 'completed');
    expect(askedByOther.get('reader')).toEqual([0]);
    expect(await offsetsOn(other)).toEqual([...Array(STAGES).keys()]);
    expect(await cursorRow(other)).toBe(`cursor: ${STAGES}`);
    expect(complaints).toEqual([]);
  });

  test('goes on for each reader of a ticker at its own offset, with the jumps of before', async () => {
    const { page, complaints } = await openPanel('ticker', realLauncher('ticker'));
    await run(page, { 'a tick takes': 0.3, 'slow reader pauses': 0.8 });
    await laneOf(page, 'slow').locator('.run-jump').first().waitFor();
    const asked = watchRequests(page);
    await page.reload();
    await page.getByText('resumed at').waitFor();
    const [, fast, slow] = /offsets (\d+), (\d+)$/.exec((await cursorRow(page)) ?? '') ?? [];
    await ended(page, 'completed');
    expect(asked).toEqual(
      new Map([
        ['fast', [Number(fast)]],
        ['slow', [Number(slow)]],
      ]),
    );
    expect(Number(slow)).toBeGreaterThan(1);
    expect((await readLines(laneOf(page, 'fast')))[0]).toBe('0 tick 1/30 · 3 parts');
    await expectWhole(laneOf(page, 'fast'));
    expect(await expectWhole(laneOf(page, 'slow'))).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  test('has the whole answer of a model, and what its first attempt said pale', async () => {
    const slowly = 'scripted:short,slow,cut-once';
    const env = { OPENAI_API_KEY: 'none', OPENAI_MODEL: slowly };
    const { page } = await openPanel('llm', llmLauncher(connection, env));
    await run(page, { model: slowly });
    await page.getByText('attempt 2').waitFor();
    const pale = await page.locator('.run-cell[data-pale]').count();
    const asked = watchRequests(page);
    await page.reload();
    await page.getByText('resumed at').waitFor();
    expect(await page.locator('.run-cell[data-pale]').count()).toBe(pale);
    await ended(page, 'completed');
    expect(asked.get('reader')).toEqual([expect.any(Number)]);
    expect(asked.get('reader')?.[0]).toBeGreaterThan(pale);
    const workflowId = `${await page.locator('.run-place code').textContent()}`;
    const result = await lab().client.workflow.getHandle(workflowId).result();
    expect(await page.locator('.run-answer').textContent()).toBe(result);
  });

  test.each([
    ['a hole', (text: string) => text.replace(/\["reader",\{"offset":1,[^\]]*\],/, '')],
    ['another offset', (text: string) => text.replace('"offset":2', '"offset":7')],
    ['no events', (text: string) => text.replace(/"told":.*/, '"told":{"length":3}}')],
    ['half of it', (text: string) => text.slice(0, -9)],
  ])('reads from 0 when somebody has left %s of what it kept', async (_what, edit) => {
    const event = (offset: number) => ({ offset, topic: 'status', data: { message: `${offset}` } });
    const launcher = fakeLauncher({ reader: [0, 1, 2, 3].map(event) });
    const { page, context, complaints } = await openPanel('hub', launcher);
    await run(page);
    await page.locator('.run-event').nth(3).waitFor();
    const address = await page.locator('.run-place a').first().getAttribute('href');
    await page.reload();
    await page.getByText('resumed at offset 4').waitFor();
    const kept = await page.evaluate<string>('sessionStorage["streambook:run:hub"]');
    expect(edit(kept)).not.toBe(kept);

    const other = await context.newPage();
    await other.goto(page.url());
    await other.evaluate(`sessionStorage["streambook:run:hub"] = ${JSON.stringify(edit(kept))}`);
    const asked = watchRequests(other);
    await other.goto(new URL(`${address}`, page.url()).href);
    await other.locator('.run-event').nth(3).waitFor();
    expect(asked.get('reader')?.[0]).toBe(0);
    expect(await offsetsOn(other)).toEqual([0, 1, 2, 3]);
    expect(complaints).toEqual([]);
  });

  test('reads a run from 0 that was too long to be kept', async () => {
    const long = Array.from({ length: 60 }, (_, offset) => ({
      offset,
      topic: 'status',
      data: { message: 'x'.repeat(9_000) },
    }));
    const launcher = fakeLauncher({ reader: long });
    const { page, complaints } = await openPanel('hub', launcher);
    await run(page);
    await page.locator('.run-event').nth(59).waitFor();
    const asked = watchRequests(page);
    await page.reload();
    await page.locator('.run-event').nth(59).waitFor();
    expect(asked.get('reader')?.[0]).toBe(0);
    expect(await page.evaluate<number>('JSON.stringify(sessionStorage).length')).toBeLessThan(999);
    expect(await offsetsOn(page)).toEqual([...Array(60).keys()]);
    expect(complaints).toEqual([]);
  });
});
