import type { Page } from 'playwright-core';
import type { WorkflowStreamItem } from 'streambook/client';
import type { StreamReading } from 'streambook/sse';
import { describe, expect, test } from 'vitest';
import { llmLauncher } from '../../src/web/launch-llm.ts';
import type { Launcher, Outcome } from '../../src/web/runs.ts';
import { type FakeLauncher, fakeLauncher, withResolvers } from '../web/book-under-test.ts';
import { CHROMIUM } from './chromium.ts';
import { ended, expectWhole, laneOf, readLines, run, setStage } from './stage.ts';

/** A script that is quick, and whose first attempt is cut off in the middle. */
const CUT_OFF_ONCE = 'scripted:short,fast,cut-once';
const MARKUP = '<img src=x onerror="document.title=1"><b>bold</b>';

describe.skipIf(!CHROMIUM)('the panel of', () => {
  const { lab, connection, realLauncher, openPanel } = setStage([
    'pipeline',
    'hub',
    'ticker',
    'llm',
  ]);

  /** Presses Run, and ends the run in that way once it has begun. */
  async function runTo(outcome: Outcome, page: Page, { launched }: FakeLauncher): Promise<void> {
    await run(page);
    await page.locator('.run-place code').waitFor();
    launched[0]?.end(outcome);
  }

  describe('the pipeline', () => {
    /** Five events in each of six stages. */
    const LENGTH = 30;

    async function expectAllStages(page: Page): Promise<void> {
      const lines = await readLines(page);
      expect(lines.map((line) => Number.parseInt(line, 10))).toEqual([...Array(LENGTH).keys()]);
      expect(lines[0]).toBe('0 stage receive started');
      expect(lines[2]).toBe('2 progress receive 50 %');
      expect(lines.at(-1)).toBe('29 stage store finished');
      expect(await page.locator('.run-state').textContent()).toBe('completed · 6 stages');
    }

    test('shows all stages of a real run', async () => {
      const { page, complaints } = await openPanel('pipeline', realLauncher('pipeline'));
      await run(page, { 'each stage takes': 0.4 });
      await ended(page, 'completed');
      await expectAllStages(page);
      expect(complaints).toEqual([]);
    });

    test('misses nothing when the page is refreshed in the middle', async () => {
      const { page, complaints } = await openPanel('pipeline', realLauncher('pipeline'));
      await run(page, { 'each stage takes': 0.4 });
      await page.getByText('parse started').waitFor();
      await page.reload();
      await ended(page, 'completed');
      await expectAllStages(page);
      expect(complaints).toEqual([]);
    });
  });

  test('the hub shows what every agency publishes, each in its order', async () => {
    const { page, complaints } = await openPanel('hub', realLauncher('hub'));
    await run(page, { pause: 0 });
    await ended(page, 'completed');
    const lines = await readLines(page);
    for (const agency of ['north', 'east', 'south']) {
      const own = lines.filter((line) => line.includes(` ${agency} `));
      expect(own.map((line) => line.split(' ')[2])).toEqual([...'12345']);
    }
    expect(lines).toHaveLength(15);
    expect(await page.locator('.run-state').textContent()).toBe('completed · 15 headlines');
    expect(complaints).toEqual([]);
  });

  test('the hub takes headlines from a tab, shows them in another, and is closed by either', async () => {
    const { page, complaints } = await openPanel('hub', realLauncher('hub'));
    const field = page.getByRole('textbox', { name: 'Publish' });
    expect(await field.isDisabled()).toBe(true);
    await run(page, { publishers: 0 });
    await page.locator('.run-place code').waitFor();
    const [other] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'this run in another tab' }).click(),
    ]);
    await field.fill(MARKUP);
    await field.press('Enter');
    await other.getByText(`you 1 · ${MARKUP}`).waitFor();
    await other.getByRole('textbox', { name: 'Publish' }).fill('Tide comes in');
    await other.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('you 2 · Tide comes in').waitFor();
    await other.getByRole('button', { name: 'Close the hub' }).click();
    for (const tab of [page, other]) {
      await ended(tab, 'completed');
      expect(await readLines(tab)).toEqual([`0 you 1 · ${MARKUP}`, '1 you 2 · Tide comes in']);
      expect(await tab.locator('.run-panel img, .run-panel b').count()).toBe(0);
    }
    expect(await field.isDisabled()).toBe(true);
    expect(complaints).toEqual([]);
  });

  describe('the ticker', () => {
    test('has a lane for each reader, and the slow one jumps', async () => {
      const { page, complaints } = await openPanel('ticker', realLauncher('ticker'));
      await run(page, { 'a tick takes': 0.2 });
      await ended(page, 'completed');
      await expectWhole(laneOf(page, 'fast'));
      expect(await expectWhole(laneOf(page, 'slow'))).toBeGreaterThan(0);
      expect(await laneOf(page, 'slow').locator('.run-dropped').count()).toBeGreaterThan(0);
      expect(await page.locator('.run-state').textContent()).toMatch(/^completed · \d+ parts$/);
      expect(complaints).toEqual([]);
    });

    test('says where the log began to a tab that comes in the middle', async () => {
      const { page, context } = await openPanel('ticker', realLauncher('ticker'));
      await run(page, { 'a tick takes': 0.3 });
      const address = await page.locator('.run-place a').first().getAttribute('href');
      await page.getByText('tick 10/30').first().waitFor();
      // Nobody reads any more; while somebody does, who comes later is given what that one has had.
      const there = new URL(`${address}`, page.url()).href;
      await page.close();
      const other = await context.newPage();
      await other.goto(there);
      await ended(other, 'completed');
      expect((await readLines(laneOf(other, 'fast')))[0]).toMatch(/^↪ began at offset=\d+/);
      await expectWhole(laneOf(other, 'fast'));
      await expectWhole(laneOf(other, 'slow'));
    });

    test('shows a jump in the words of the terminal, and waits for the slow reader', async () => {
      const slowIsDone = withResolvers<void>();
      const tick = (offset: number): WorkflowStreamItem<unknown> => ({
        offset,
        topic: 'status',
        data: `${offset}`,
      });
      const launcher = fakeLauncher({ fast: [tick(9)], slow: [] });
      const readsSlowly: Launcher = {
        ...launcher,
        async launch(id, knobs) {
          const launched = await launcher.launch(id, knobs);
          return {
            ...launched,
            async *read(reader, from, signal): AsyncIterable<StreamReading> {
              yield* launched.read(reader, from, signal);
              if (reader !== 'slow') return;
              yield* [tick(9), { from: 10, to: 13 }, tick(13)];
              await slowIsDone.promise;
            },
          };
        },
      };
      const { page } = await openPanel('ticker', readsSlowly);
      await runTo({ status: 'completed', result: '' }, page, launcher);
      await page.getByText('still reading: slow').waitFor();
      const lines = ['9 9', '↪ jumped offset=9 → 13 (3 dropped)', '13 13'];
      expect(await readLines(laneOf(page, 'slow'))).toEqual(lines);
      expect(await page.getByRole('button', { name: 'Run' }).isDisabled()).toBe(true);
      slowIsDone.resolve();
      await ended(page, 'completed');
    });
  });

  describe('the model', () => {
    const topics = ['delta', 'complete', 'retry', 'start', 'failed'];

    /** A launcher of an answer whose events are given; each goes to the topic of its kind. */
    function answering(told: Array<{ kind: string } & Record<string, unknown>>) {
      const events = told.map((data, offset) => ({ offset, topic: data.kind, data }));
      return { ...fakeLauncher({ reader: events }), topics };
    }

    test('goes back to the beginning of the answer when a second attempt begins', async () => {
      const env = { OPENAI_API_KEY: 'none', OPENAI_MODEL: CUT_OFF_ONCE };
      const { page, complaints } = await openPanel('llm', llmLauncher(connection, env));
      await run(page, { model: CUT_OFF_ONCE });
      await ended(page, 'completed');

      const workflowId = `${await page.locator('.run-place code').textContent()}`;
      const result = await lab().client.workflow.getHandle(workflowId).result();
      expect(await page.locator('.run-answer').textContent()).toBe(result);
      expect(await page.locator('.run-model').textContent()).toBe(
        `${CUT_OFF_ONCE}: a script answers, not a model · attempt 2`,
      );
      expect(await page.locator('.run-cell[data-pale]').count()).toBeGreaterThan(1);
      expect(complaints).toEqual([]);
    });

    test('leaves out what an attempt that was given up says late', async () => {
      const launcher = answering([
        { kind: 'start', attempt: 1, model: 'm', scripted: false },
        { kind: 'delta', attempt: 1, text: 'Hello' },
        { kind: 'start', attempt: 2, model: 'm', scripted: false },
        { kind: 'retry', attempt: 2 },
        { kind: 'delta', attempt: 2, text: 'Good ' },
        { kind: 'delta', attempt: 1, text: ', late' },
        { kind: 'delta', attempt: 2, text: 'day' },
        { kind: 'complete', attempt: 2, finish: 'stop' },
      ]);
      const { page } = await openPanel('llm', launcher);
      await runTo({ status: 'completed', result: '' }, page, launcher);
      await ended(page, 'completed');
      expect(await page.locator('.run-answer').textContent()).toBe('Good day');
      expect(await page.locator('.run-model').textContent()).toBe('m · attempt 2');
      expect(await page.locator('.run-cell[data-pale]').allTextContents()).toEqual(['0', '1', '5']);
    });

    test('shows markup as the text it is, wherever it comes from', async () => {
      const launcher = answering([
        { kind: 'start', attempt: 1, model: MARKUP, scripted: false },
        { kind: 'delta', attempt: 1, text: MARKUP },
        { kind: 'delta', attempt: 1, text: { html: MARKUP } },
        { kind: 'failed', attempt: 1, reason: MARKUP, again: true },
      ]);
      const { page, complaints } = await openPanel('llm', launcher);
      const title = await page.title();
      await runTo({ status: 'failed', message: MARKUP }, page, launcher);
      await ended(page, 'failed');
      expect(await page.locator('.run-answer').textContent()).toBe(MARKUP);
      expect(await page.locator('.run-model').textContent()).toBe(
        `${MARKUP} · ${MARKUP} Another attempt follows.`,
      );
      expect(await page.locator('.run-panel :is(img, b)').count()).toBe(0);
      expect(await page.title()).toBe(title);
      expect(complaints).toEqual([]);
    });

    test('is found again after a refresh in the middle, with all of the answer', async () => {
      const slowly = 'scripted:short,slow,cut-once';
      const env = { OPENAI_API_KEY: 'none', OPENAI_MODEL: slowly };
      const { page } = await openPanel('llm', llmLauncher(connection, env));
      await run(page, { model: slowly });
      await page.getByText('attempt 2').waitFor();
      await page.reload();
      await ended(page, 'completed');
      const workflowId = `${await page.locator('.run-place code').textContent()}`;
      const result = await lab().client.workflow.getHandle(workflowId).result();
      expect(await page.locator('.run-answer').textContent()).toBe(result);
    });
  });

  describe('any scenario', () => {
    const many = (count: number): WorkflowStreamItem<unknown>[] =>
      Array.from({ length: count }, (_, offset) => ({
        offset,
        topic: 'status',
        data: { agency: 'north', number: offset, text: `${MARKUP} ${'x'.repeat(80)}` },
      }));

    test.each(['order', 'pipeline', 'hub', 'ticker', 'llm'])(
      'fits a phone: %s',
      async (scenario) => {
        const { knobs } = realLauncher(scenario);
        const readings = [...many(25), { from: 25, to: 12_345 }];
        const launcher = { ...fakeLauncher({ fast: readings, slow: readings }), knobs };
        const viewport = { width: 390, height: 800 };
        const { page, complaints } = await openPanel(scenario, launcher, { viewport });
        await runTo({ status: 'failed', message: 'x'.repeat(200) }, page, launcher);
        await ended(page, 'failed');
        const width = await page.evaluate('document.documentElement.scrollWidth');
        expect(width).toBeLessThanOrEqual(viewport.width);
        expect(complaints).toEqual([]);
      },
    );

    test('keeps a long list in its height, and at its end', async () => {
      const launcher = fakeLauncher({ reader: many(40) });
      const { page } = await openPanel('hub', launcher);
      await runTo({ status: 'completed', result: '' }, page, launcher);
      await ended(page, 'completed');
      const list = page.getByRole('list', { name: 'Events of the run' });
      const { height, scrolled, hidden } = await list.evaluate((element) => ({
        height: element.clientHeight,
        scrolled: Math.ceil(element.scrollTop),
        hidden: element.scrollHeight - element.clientHeight,
      }));
      expect(height).toBeLessThanOrEqual(260);
      expect(hidden).toBeGreaterThan(0);
      expect(scrolled).toBeGreaterThanOrEqual(hidden);
    });

    test('lets who has scrolled back read on while more comes', async () => {
      const goesOn = withResolvers<void>();
      const launcher = fakeLauncher();
      const inTwoParts: Launcher = {
        ...launcher,
        async launch(id, knobs) {
          return {
            ...(await launcher.launch(id, knobs)),
            async *read() {
              yield* many(30);
              await goesOn.promise;
              yield* many(40).slice(30);
            },
          };
        },
      };
      const { page } = await openPanel('hub', inTwoParts);
      await run(page);
      await page.locator('.run-event').nth(29).waitFor();
      const list = page.locator('.run-events');
      await list.evaluate((element) => element.scrollTo(0, 0));
      goesOn.resolve();
      launcher.launched[0]?.end({ status: 'completed', result: '' });
      await ended(page, 'completed');
      expect(await page.locator('.run-event').count()).toBe(40);
      expect(await list.evaluate((element) => element.scrollTop)).toBe(0);
    });
  });
});
