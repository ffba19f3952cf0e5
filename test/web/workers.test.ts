import { expect, onTestFinished, test } from 'vitest';
import type { SupervisedWorker } from '../../src/web/supervisor.ts';
import { superviseWorkers } from '../../src/web/workers.ts';
import { withResolvers } from './book-under-test.ts';

type Exit = Awaited<SupervisedWorker['exited']>;

/** Supervises workers whose starts the test lets succeed or fail by hand, and whose waits it lets pass. */
function supervise(scenarios: string[]) {
  const log: string[] = [];
  const starts = new Map<string, { resolve(worker: SupervisedWorker): void; fail(): void }>();
  const waits: Array<() => void> = [];
  const workers = superviseWorkers({
    scenarios,
    start: (scenario) =>
      new Promise((resolve, reject) => {
        log.push(`start ${scenario}`);
        starts.set(scenario, { resolve, fail: () => reject(new Error('no bundle')) });
      }),
    onState: (scenario, state) => log.push(`${scenario} ${state}`),
    onLine: () => {},
    wait: (_delayMs, signal) =>
      new Promise((resolve, reject) => {
        waits.push(resolve);
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  });

  function comesUp(scenario: string): void {
    const { promise: exited, resolve: die } = withResolvers<Exit>();
    const stop = async () => {
      log.push(`stop ${scenario}`);
      die({ code: 0, signal: null });
    };
    const kill = () => die({ code: null, signal: 'SIGKILL' });
    starts.get(scenario)?.resolve({ pid: 1, exited, kill, stop });
  }
  return {
    workers,
    log,
    waits,
    comesUp,
    fails: (scenario: string) => starts.get(scenario)?.fail(),
  };
}

/** Lets every promise that can settle do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('workers start one after another, in the order of the book', async () => {
  const { workers, log, comesUp } = supervise(['order', 'pipeline']);
  await settle();
  expect(log).toEqual(['order starting', 'start order']);
  comesUp('order');
  await settle();
  expect(log.slice(2)).toEqual(['order ready', 'pipeline starting', 'start pipeline']);
  comesUp('pipeline');
  await settle();
  await workers.stop();
  expect(log.slice(5)).toEqual(['pipeline ready', 'stop order', 'stop pipeline']);
});

test('a worker that cannot start does not hold the next one up, and is tried again', async () => {
  const { workers, log, waits, fails, comesUp } = supervise(['order', 'pipeline']);
  onTestFinished(() => workers.stop());
  fails('order');
  await settle();
  expect(log.slice(2)).toEqual(['order restarting', 'pipeline starting', 'start pipeline']);
  comesUp('pipeline');
  for (const pass of waits) pass();
  await settle();
  expect(log.slice(5)).toEqual(['pipeline ready', 'start order']);
  comesUp('order');
});

test('nor does one of which nothing is heard', async () => {
  const { workers, log, waits, comesUp } = supervise(['order', 'pipeline']);
  onTestFinished(() => workers.stop());
  for (const pass of waits) pass();
  await settle();
  expect(log).toContain('start pipeline');
  comesUp('order');
  comesUp('pipeline');
});

test('the worker of one scenario can be killed, and of no other name', async () => {
  const { workers, log, comesUp } = supervise(['order', 'pipeline']);
  onTestFinished(() => workers.stop());
  comesUp('order');
  await settle();
  comesUp('pipeline');
  await settle();
  expect(workers.kill('hub')).toBeUndefined();
  expect(workers.kill('order')).toBe(1);
  await settle();
  expect(log.slice(6)).toEqual(['order restarting']);
});

test('stopping starts no further worker', async () => {
  const { workers, log, comesUp } = supervise(['order', 'pipeline']);
  const stopped = workers.stop();
  comesUp('order');
  await stopped;
  expect(log).toEqual(['order starting', 'start order', 'stop order']);
});
