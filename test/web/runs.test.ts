import { describe, expect, test, vi } from 'vitest';
import { createRuns, type Launcher } from '../../src/web/runs.ts';
import { fakeLauncher, withResolvers } from './book-under-test.ts';

function runsOf(launcher: Launcher, options = {}) {
  return createRuns({ launchers: new Map([['order', launcher]]), ...options });
}

describe('the number of runs', () => {
  test('is limited, and an ended run makes room', async () => {
    const launcher = fakeLauncher();
    const runs = runsOf(launcher, { maxActive: 2 });
    await runs.start('order', {});
    const second = await runs.start('order', {});
    await expect(runs.start('order', {})).rejects.toMatchObject({ type: 'TooManyRuns' });

    launcher.launched[0]?.end({ status: 'completed', result: 'charge' });
    await launcher.launched[0]?.outcome;
    const third = await runs.start('order', {});
    expect(third.id).not.toBe(second.id);
  });

  test('is limited too for runs that are still being launched', async () => {
    const gate = withResolvers<void>();
    const launcher = fakeLauncher();
    const slow: Launcher = {
      ...launcher,
      launch: (id, knobs) => gate.promise.then(() => launcher.launch(id, knobs)),
    };
    const runs = runsOf(slow, { maxActive: 1 });
    const first = runs.start('order', {});
    await expect(runs.start('order', {})).rejects.toMatchObject({ type: 'TooManyRuns' });
    gate.resolve();
    await first;
    expect(launcher.launched).toHaveLength(1);
  });

  test('does not count a launch that failed', async () => {
    const launch = vi.fn().mockRejectedValue(new Error('no server'));
    const runs = runsOf({ ...fakeLauncher(), launch }, { maxActive: 1 });
    await expect(runs.start('order', {})).rejects.toThrow('no server');
    await expect(runs.start('order', {})).rejects.toThrow('no server');
  });
});

describe('the memory of runs', () => {
  test('keeps the latest ended runs and every run that goes on', async () => {
    const launcher = fakeLauncher();
    const runs = runsOf(launcher, { maxKept: 1 });
    const started = [];
    for (let n = 0; n < 3; n++) started.push(await runs.start('order', {}));
    const [goesOn, endsFirst, endsLast] = started.map(({ id }) => id);
    for (const run of launcher.launched.slice(1)) {
      run.end({ status: 'completed', result: '' });
      await run.outcome;
    }
    expect((await runs.find(`${goesOn}`)).id).toBe(goesOn);
    expect((await runs.find(`${endsLast}`)).id).toBe(endsLast);
    await expect(runs.find(`${endsFirst}`)).rejects.toMatchObject({ type: 'UnknownRun' });
  });
});

describe('the time of a run', () => {
  test('is limited: the workflow is then terminated', async () => {
    vi.useFakeTimers();
    try {
      const launcher = fakeLauncher();
      await runsOf(launcher, { timeLimitMs: 60_000 }).start('order', {});
      await vi.advanceTimersByTimeAsync(59_999);
      expect(launcher.launched[0]?.terminations).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(launcher.launched[0]?.terminations).toEqual(['the live book ends a run after 60 s']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('is the scenario’s own, where it has one', async () => {
    vi.useFakeTimers();
    try {
      const launcher = fakeLauncher();
      const long = { ...launcher, timeLimitMs: 300_000 };
      await runsOf(long, { timeLimitMs: 60_000 }).start('order', {});
      await vi.advanceTimersByTimeAsync(299_999);
      expect(launcher.launched[0]?.terminations).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(launcher.launched[0]?.terminations).toEqual(['the live book ends a run after 300 s']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('does not matter once it has ended', async () => {
    vi.useFakeTimers();
    try {
      const launcher = fakeLauncher();
      await runsOf(launcher, { timeLimitMs: 60_000 }).start('order', {});
      launcher.launched[0]?.end({ status: 'failed', message: 'declined' });
      await vi.advanceTimersByTimeAsync(60_000);
      expect(launcher.launched[0]?.terminations).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the knobs of a run', () => {
  test('get their defaults', async () => {
    const launcher = fakeLauncher();
    const launch = vi.spyOn(launcher, 'launch');
    await runsOf(launcher).start('order', {});
    expect(launch).toHaveBeenCalledWith(expect.any(String), { card: 'ok' });
  });

  test.each([
    ['a value that is not offered', { card: 'stolen' }],
    ['a value that is no text', { card: ['ok'] }],
    ['an empty value', { card: null }],
    ['a knob that is not offered', { card: 'ok', workflowId: 'order-1' }],
    ['a knob from the prototype', JSON.parse('{"__proto__": {"card": "ok"}}')],
    ['no object', 'ok'],
    ['a list', ['ok']],
    ['null', null],
  ])('are refused with %s', async (_what, knobs) => {
    const launcher = fakeLauncher();
    await expect(runsOf(launcher).start('order', knobs)).rejects.toMatchObject({ type: 'BadKnob' });
    expect(launcher.launched).toEqual([]);
  });
});

test.each(['end', 'gap', 'error'])('a topic cannot be called %s, as another event is', (topic) => {
  expect(() => runsOf({ ...fakeLauncher(), topics: ['status', topic] })).toThrow(
    `The topic "${topic}"`,
  );
});
