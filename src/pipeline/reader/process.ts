/** A reader in a process of its own, so that it can really be killed. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Order, Place } from '../take.js';

/** What a reading process needs to know. */
export interface ReaderSettings extends Place {
  /** The Temporal server. */
  server: { address: string; namespace: string };
  workflowId: string;
  /** Where the cursor is: a Postgres URL or the path of a SQLite file. */
  store: string;
  /** @defaultValue 'together' */
  order?: Order;
  /** The offset of the item at which the process kills itself, between the effect and the storing. */
  crashAt?: number;
}

/** What the process sends: where it resumes, what it is done with, how it ended. */
export type ReaderMessage =
  | { kind: 'resumed'; offset: number }
  | { kind: 'took'; offset: number; text: string }
  | { kind: 'end' }
  | { kind: 'failed'; message: string };

/** An item that a reading process is done with. */
export type Taken = Omit<Extract<ReaderMessage, { kind: 'took' }>, 'kind'>;

/** A reading process. */
export interface ReaderProcess {
  pid: number;
  /** The offset that it found in the row. */
  from: number;
  /** What it takes, each item when its effect and the cursor are stored; the next is taken when it is asked for. */
  items: AsyncIterableIterator<Taken>;
  /** The signal that ended the process, or null when it ended by itself. */
  exited: Promise<NodeJS.Signals | null>;
  /** Ends the process with SIGKILL, as a power cut would. */
  kill(): void;
}

const SCRIPT = fileURLToPath(new URL('./run.js', import.meta.url));

/**
 * Starts a process that reads on from where the row says. It ends with this process at the latest.
 *
 * @throws Error when the process cannot connect to the server or to the database, or fails later
 */
export async function startReader(settings: ReaderSettings): Promise<ReaderProcess> {
  const child = fork(SCRIPT, [JSON.stringify(settings)], {
    // The flags of this process may be a notebook kernel's or a test runner's.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_, signal) => resolve(signal));
  });
  const first = await nextMessage(child);
  if (first?.kind !== 'resumed' || child.pid === undefined) throw new Error(explain(first));
  return {
    pid: child.pid,
    from: first.offset,
    items: takenBy(child),
    exited,
    kill: () => void child.kill('SIGKILL'),
  };
}

async function* takenBy(child: ChildProcess): AsyncGenerator<Taken, void, undefined> {
  while (child.connected) {
    const answer = nextMessage(child);
    child.send('next', () => {});
    const message = await answer;
    if (message?.kind === 'failed') throw new Error(explain(message));
    if (message?.kind !== 'took') return;
    yield { offset: message.offset, text: message.text };
  }
}

/** The next message, or undefined when the process ends without one: the channel closes after the last. */
function nextMessage(child: ChildProcess): Promise<ReaderMessage | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (message?: ReaderMessage): void => {
      child.off('message', settle);
      child.off('disconnect', gone);
      child.off('error', reject);
      resolve(message);
    };
    const gone = (): void => settle();
    child.on('message', settle);
    child.on('disconnect', gone);
    child.on('error', reject);
  });
}

function explain(message: ReaderMessage | undefined): string {
  const reason = message?.kind === 'failed' ? message.message : 'it ended without a word';
  return `The reading process failed: ${reason}`;
}
