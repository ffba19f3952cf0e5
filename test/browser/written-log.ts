import type { WorkflowStreamItem } from 'streambook/client';
import type { Launcher, Outcome } from '../../src/web/runs.ts';
import { fakeLauncher } from '../web/book-under-test.ts';

/** A log that the test writes, and of which each reader of each run reads from where it wants. */
export function writtenByTest(readers: string[]) {
  const launcher = fakeLauncher(Object.fromEntries(readers.map((name) => [name, []])));
  const log: WorkflowStreamItem<unknown>[] = [];
  const wakeUps = new Set<() => void>();
  let hasEnded = false;
  /** How many connections are being served now, and how many were at most. */
  const open = { now: 0, most: 0 };
  const wake = () => {
    for (const wakeUp of [...wakeUps]) wakeUp();
  };

  async function* read(_reader: string, from: number, signal: AbortSignal) {
    open.now++;
    open.most = Math.max(open.most, open.now);
    try {
      for (let next = from; !signal.aborted; ) {
        const event = log[next];
        if (event) {
          next++;
          yield event;
        } else if (hasEnded) return;
        else {
          await new Promise<void>((resolve) => {
            const wakeUp = () => {
              wakeUps.delete(wakeUp);
              signal.removeEventListener('abort', wakeUp);
              resolve();
            };
            wakeUps.add(wakeUp);
            signal.addEventListener('abort', wakeUp);
          });
        }
      }
    } finally {
      open.now--;
    }
  }

  const offered: Launcher = {
    ...launcher,
    launch: async (id, knobs) => ({ ...(await launcher.launch(id, knobs)), read }),
  };
  return {
    launcher: offered,
    open,
    write(count: number) {
      for (let left = count; left > 0; left--) {
        log.push({ offset: log.length, topic: 'status', data: `item ${log.length}` });
      }
      wake();
    },
    /** Ends all runs; those that begin after it read the log to its end, and wait for another one. */
    end(outcome: Outcome = { status: 'completed', result: 'all of it' }) {
      hasEnded = true;
      for (const run of launcher.launched) run.end(outcome);
      wake();
    },
  };
}
