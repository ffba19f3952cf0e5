import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openRunStore } from '../../src/web/run-store.ts';
import { createRuns, type Launcher } from '../../src/web/runs.ts';
import { fakeLauncher, tickingLauncher } from './book-under-test.ts';

function storeFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'streambook-runs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'runs.json');
}

/** The runs of a process of the book, which finds those of the processes before it in a file. */
function runsOf(file: string, launcher: Launcher) {
  return createRuns({ launchers: new Map([['order', launcher]]), store: openRunStore(file) });
}

describe('a book that is started again', () => {
  test('finds the runs of the one before, and follows them', async () => {
    const file = storeFile();
    const { id, workflowId } = await runsOf(file, fakeLauncher()).start('order', {
      card: 'declined',
    });
    const launcher = fakeLauncher({ reader: [{ offset: 0, topic: 'status', data: 'received' }] });
    const adopt = vi.spyOn(launcher, 'adopt');
    const runs = runsOf(file, launcher);
    const run = await runs.find(id);
    expect(adopt).toHaveBeenCalledWith(workflowId, { card: 'declined' });
    expect(run).toMatchObject({ id, workflowId, scenario: 'order', readers: ['reader'] });
    launcher.launched[0]?.end({ status: 'completed', result: 'charge' });
    await run.outcome;
    expect(await runs.find(id)).toBe(run);
    expect(adopt).toHaveBeenCalledTimes(1);
  });

  test('finds a run once for all who ask at the same time', async () => {
    const file = storeFile();
    const { id } = await runsOf(file, fakeLauncher()).start('order', {});
    const launcher = fakeLauncher();
    const runs = runsOf(file, launcher);
    const [first, second] = await Promise.all([runs.find(id), runs.find(id)]);
    expect(first).toBe(second);
    expect(launcher.launched).toHaveLength(1);
  });

  test('asks again when Temporal was not there yet', async () => {
    const file = storeFile();
    const { id } = await runsOf(file, fakeLauncher()).start('order', {});
    const launcher = fakeLauncher();
    const adopt = vi.spyOn(launcher, 'adopt').mockRejectedValueOnce(new Error('starting'));
    const runs = runsOf(file, launcher);
    await expect(runs.find(id)).rejects.toThrow('starting');
    expect((await runs.find(id)).id).toBe(id);
    expect(adopt).toHaveBeenCalledTimes(2);
  });

  test('knows no run of a scenario that it has no more, and none that nobody started', async () => {
    const file = storeFile();
    const { id } = await runsOf(file, fakeLauncher()).start('order', {});
    const others = createRuns({ launchers: new Map(), store: openRunStore(file) });
    await expect(others.find(id)).rejects.toMatchObject({ type: 'UnknownRun' });
    const runs = runsOf(file, fakeLauncher());
    await expect(runs.find('__proto__')).rejects.toMatchObject({ type: 'UnknownRun' });
  });

  test('finds a run with its knobs as they were moved last', async () => {
    const file = storeFile();
    const before = runsOf(file, tickingLauncher());
    const { id } = await before.start('order', {});
    await before.adjust(id, { pace: 3 });
    await before.adjust(id, { pace: 4 });
    const run = await runsOf(file, tickingLauncher()).find(id);
    expect(run.knobs()).toEqual({ pace: 4 });
  });

  test('refuses knobs that somebody has written into the file', async () => {
    const file = storeFile();
    const kept = { id: 'a1', scenario: 'order', workflowId: 'order-a1', knobs: { card: 'stolen' } };
    writeFileSync(file, JSON.stringify([kept]));
    await expect(runsOf(file, fakeLauncher()).find('a1')).rejects.toMatchObject({
      type: 'BadKnob',
    });
  });
});

test('the file keeps the latest hundred runs', () => {
  const file = storeFile();
  const store = openRunStore(file);
  for (let n = 0; n <= 100; n++) {
    store.keep({ id: `${n}`, scenario: 'order', workflowId: `order-${n}`, knobs: {} });
  }
  const again = openRunStore(file);
  expect(again.find('0')).toBeUndefined();
  expect(again.find('1')?.workflowId).toBe('order-1');
  expect(again.find('100')?.workflowId).toBe('order-100');
});

test.each(['', 'null', '{}', '[{"id": 1}]', 'half a li'])(
  'a file that holds no runs is as good as none: %s',
  (text) => {
    const file = storeFile();
    writeFileSync(file, text);
    const store = openRunStore(file);
    expect(store.find('1')).toBeUndefined();
    store.keep({ id: '1', scenario: 'order', workflowId: 'order-1', knobs: {} });
    expect(openRunStore(file).find('1')?.scenario).toBe('order');
  },
);
