import { describe, expect, test } from 'vitest';
import { describeKnobs } from '../../src/web/knob-info.ts';
import { llmLauncher } from '../../src/web/launch-llm.ts';
import { fakeLauncher } from '../web/book-under-test.ts';
import { findings } from './axe.ts';
import { CHROMIUM } from './chromium.ts';
import { ended, expectWhole, laneOf, readLines, run, setStage } from './stage.ts';

type Refused = { error?: { message: string } };

const SHORT = 'scripted:short,fast';

describe.skipIf(!CHROMIUM)('the knobs of a panel', () => {
  const { lab, connection, realLauncher, openPanel } = setStage([
    'hub',
    'order',
    'pipeline',
    'ticker',
    'llm',
  ]);

  /** A launcher whose runs go nowhere, with the real knobs of a scenario. */
  function idleLauncher(scenario: string) {
    return { ...fakeLauncher(), knobs: realLauncher(scenario).knobs };
  }

  test.each([
    ['order', { card: 'ok' }, /^completed/],
    ['pipeline', { 'each stage takes': 0 }, /^completed · 6 stages$/],
    ['hub', { publishers: 1, 'headlines each': 1, pause: 0 }, /^completed · 1 headlines$/],
    ['hub', { publishers: 9, 'headlines each': 100, pause: 0 }, /^completed · 900 headlines$/],
    [
      'ticker',
      { 'a tick takes': 0.1, 'truncate every': 0, 'keep last': 1, 'slow reader pauses': 0 },
      /^completed · \d+ parts$/,
    ],
    [
      'ticker',
      { 'a tick takes': 0.1, 'truncate every': 1, 'keep last': 1, 'slow reader pauses': 4 },
      /^completed · \d+ parts$/,
    ],
    [
      'ticker',
      { 'a tick takes': 0.1, 'truncate every': 30, 'keep last': 30, 'slow reader pauses': 0 },
      /^completed · \d+ parts$/,
    ],
  ])('start a run of %s at their limits, which ends well: %j', async (scenario, knobs, outcome) => {
    const { page, complaints } = await openPanel(scenario, realLauncher(scenario));
    await run(page, knobs as Record<string, string | number>);
    await ended(page, 'completed');
    expect(await page.locator('.run-state').textContent()).toMatch(outcome);
    expect(complaints).toEqual([]);
  });

  test.each(['10', '-1', '1.5', ''])(
    'say what they may be when they are beyond it, and nothing starts: %j publishers',
    async (wrong) => {
      const launcher = idleLauncher('hub');
      const { page, complaints } = await openPanel('hub', launcher);
      const publishers = page.getByLabel('publishers');
      await publishers.fill(wrong);
      await page.getByText('publishers: a whole number from 0 to 9').waitFor();
      expect(await publishers.getAttribute('aria-invalid')).toBe('true');
      await page.getByRole('button', { name: 'Run' }).click();
      // The browser goes to what is wrong, with a message of its own.
      expect(await publishers.evaluate((field) => field.matches(':focus'))).toBe(true);
      await publishers.fill('2');
      await page.getByRole('button', { name: 'Run' }).click();
      await page.locator('.run-place code').waitFor();
      expect(launcher.launched).toHaveLength(1);
      expect(complaints).toEqual([]);
    },
  );

  test('cannot be blank where they are typed', async () => {
    const launcher = idleLauncher('llm');
    const { page } = await openPanel('llm', launcher);
    await page.getByRole('textbox', { name: 'prompt' }).fill('  \n ');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('prompt: 1 to 1000 characters').waitFor();
    expect(launcher.launched).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'can be turned by everybody in the %s theme, before a run, beyond a limit, and while it goes on',
    async (colorScheme) => {
      for (const scenario of ['ticker', 'llm']) {
        const { page } = await openPanel(scenario, idleLauncher(scenario), { colorScheme });
        const first = page.locator('.run-knob :is(input, textarea)').first();
        const good = await first.inputValue();
        await first.fill('');
        await page.locator('.run-problem:not(:empty)').waitFor();
        expect(await findings(page), scenario).toEqual([]);
        await first.fill(good);
        expect(await findings(page), scenario).toEqual([]);
        await run(page);
        await page.locator('.run-place code').waitFor();
        expect(await findings(page), scenario).toEqual([]);
      }
    },
  );

  test('are sent as they are set, the prompt as it was typed', async () => {
    const env = { OPENAI_API_KEY: 'none', OPENAI_MODEL: SHORT };
    const { page, complaints } = await openPanel('llm', llmLauncher(connection, env));
    const typed = 'What is <b>an offset</b>?\nSay it “briefly”.';
    await page.getByRole('textbox', { name: 'prompt' }).fill(typed);
    await run(page);
    await ended(page, 'completed');
    const workflowId = `${await page.locator('.run-place code').textContent()}`;
    const { events } = await lab().client.workflow.getHandle(workflowId).fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    const [input] = started?.input?.payloads ?? [];
    expect(JSON.parse(Buffer.from(input?.data ?? []).toString())).toMatchObject({
      model: SHORT,
      prompt: typed,
    });
    expect(complaints).toEqual([]);
  });

  test('have ready-made questions one choice away, and say what a script makes of any', async () => {
    const env = { OPENAI_API_KEY: 'none', OPENAI_MODEL: 'gpt-5-mini' };
    const launcher = llmLauncher(connection, env);
    const { page } = await openPanel('llm', launcher);
    const prompt = page.getByRole('textbox', { name: 'prompt' });
    const ready = page.getByRole('combobox', { name: 'ready-made' });
    const { prompt: info } = describeKnobs(launcher.knobs);
    expect(await prompt.inputValue()).toBe(info?.default);
    await ready.selectOption('a poem about offsets');
    expect(await prompt.inputValue()).toMatch(/^Write a poem/);
    await prompt.fill('Why?');
    expect(await ready.inputValue()).toBe('');
    const note = page.getByText('it says the same whatever you ask');
    expect(await note.count()).toBe(0);
    await page.getByRole('combobox', { name: 'model' }).selectOption('scripted, cut off once');
    await note.waitFor();
  });

  test('are refused to a page that does not check them', async () => {
    const launcher = idleLauncher('hub');
    const { page } = await openPanel('hub', launcher);
    const post = (knobs: unknown) =>
      page.evaluate(async (knobs) => {
        const response = await fetch('/api/runs', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ scenario: 'hub', knobs }),
        });
        return [response.status, ((await response.json()) as Refused).error?.message] as const;
      }, knobs);
    expect(await post({ publishers: 10 })).toEqual([
      400,
      'The knob publishers must be a whole number from 0 to 9.',
    ]);
    expect((await post({ headlines: 101 }))[0]).toBe(400);
    expect((await post({ pause: 5.1 }))[0]).toBe(400);
    expect((await post({ pause: '1' }))[0]).toBe(400);
    expect((await post({ stories: 1 }))[0]).toBe(400);
    expect(launcher.launched).toEqual([]);
  });

  describe('that move while a ticker runs', () => {
    const SLOW_PACE = { 'a tick takes': 0.5, 'truncate every': 1, 'keep last': 1 };

    test('are in force from then on, for both lanes, which go on as they are', async () => {
      const { page, complaints } = await openPanel('ticker', realLauncher('ticker'));
      const streams: string[] = [];
      const sent: unknown[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/events')) streams.push(request.url());
        if (request.url().endsWith('/knobs')) sent.push(request.postDataJSON());
      });
      await run(page, { ...SLOW_PACE, 'slow reader pauses': 2 });
      const force = page.locator('.run-force');
      await page.getByText('tick 6/30').first().waitFor();
      expect(await force.textContent()).toBe(
        'in force: truncate every 1 · keep last 1 · slow reader pauses 2 s',
      );
      expect(await page.getByLabel('a tick takes').isDisabled()).toBe(true);
      await page.getByLabel('slow reader pauses').fill('0');
      await page.getByLabel('keep last').fill('25');
      await expect
        .poll(() => force.textContent())
        .toBe('in force: truncate every 1 · keep last 25 · slow reader pauses 0 s');
      const known = (await readLines(laneOf(page, 'slow'))).length;
      await ended(page, 'completed');

      await expectWhole(laneOf(page, 'fast'));
      // It jumped while it was slow, and has seen every tick since it is quick and much is kept.
      expect(await expectWhole(laneOf(page, 'slow'))).toBeGreaterThan(0);
      const after = (await readLines(laneOf(page, 'slow'))).slice(known + 2);
      expect(after.length).toBeGreaterThan(5);
      expect(after.filter((line) => line.startsWith('↪'))).toEqual([]);
      expect(streams).toHaveLength(2);
      expect(sent).toEqual([{ knobs: { pause: 0, keepLast: 25 } }]);

      const workflowId = `${await page.locator('.run-place code').textContent()}`;
      const { events } = await lab().client.workflow.getHandle(workflowId).fetchHistory();
      const signals = (events ?? []).flatMap(
        ({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName ?? [],
      );
      expect(signals).toEqual(['adjust']);
      expect(complaints).toEqual([]);
    });

    test('are not sent when they are beyond their limits, and are shown again after a refresh', async () => {
      const { page } = await openPanel('ticker', realLauncher('ticker'));
      const sent: unknown[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/knobs')) sent.push(request.postDataJSON());
      });
      await run(page, { ...SLOW_PACE, 'slow reader pauses': 0 });
      await page.getByText('tick 1/30').first().waitFor();
      await page.getByLabel('keep last').fill('31');
      await page.getByText('keep last: a whole number from 1 to 30').waitFor();
      await page.getByLabel('truncate every').fill('3');
      await page.getByText('in force: truncate every 3 · keep last 1').waitFor();
      await page.reload();
      await page.getByText('in force: truncate every 3 · keep last 1').waitFor();
      expect(await page.getByLabel('truncate every').inputValue()).toBe('3');
      expect(sent).toEqual([{ knobs: { truncateEvery: 3 } }]);
    });

    test('are left as they are by a server that refuses, which the panel says', async () => {
      const { page } = await openPanel('ticker', realLauncher('ticker'));
      await run(page, { ...SLOW_PACE, 'slow reader pauses': 0 });
      await page.getByText('tick 1/30').first().waitFor();
      const force = await page.locator('.run-force').textContent();
      await page.route('**/knobs', (route) =>
        route.fulfill({ status: 429, json: { error: { message: 'Enough for today.' } } }),
      );
      await page.getByLabel('truncate every').fill('3');
      await page.getByText('Enough for today.').waitFor();
      expect(await page.locator('.run-force').textContent()).toBe(force);
    });
  });
});
