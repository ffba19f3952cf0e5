/** The live book as its reader has it: the process of `npm start`, which can be killed and started again. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import getPort from 'get-port';
import { compiled } from '../../src/lab/clone.ts';
import { readRecord, slotFolders } from '../../src/lab/server/slot.ts';

/** A process of the live book, or of the one after it on the same port. */
export interface RealBook {
  url: string;
  /** All that it has printed, one process after another. */
  lines: string[];
  /** Starts the process; resolves when it has printed such a line. */
  start(until: RegExp): Promise<void>;
  /** Ends the process as a crash would. */
  kill(): Promise<void>;
  /**
   * Ends the Temporal server that the process has started, as a crash would, and keeps what would start it again from
   * doing so. @returns lets it do so
   */
  killTemporal(): () => void;
}

/** Prepares a live book on a port of its own, with a Temporal server of its own. */
export async function realBook(): Promise<RealBook> {
  // Beyond the ports where the book looks by itself, and where other tests serve theirs.
  const port = await getPort({ port: [4600, 4601, 4602, 4603, 4604] });
  const { TEMPORAL_ADDRESS: _, ...env } = process.env;
  const lines: string[] = [];
  let running: ChildProcess | undefined;

  return {
    url: `http://127.0.0.1:${port}`,
    lines,
    async start(until) {
      const child = spawn(process.execPath, [compiled('web', 'start.js'), '--port', `${port}`], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      running = child;
      await new Promise<void>((resolve, reject) => {
        child.once('exit', () => reject(new Error(`It has ended:\n${lines.join('\n')}`)));
        // Read to the end: a full pipe would hold the process up.
        createInterface(child.stdout).on('line', (line) => {
          lines.push(line);
          if (until.test(line)) resolve();
        });
      });
    },
    async kill() {
      const child = running;
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      await new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGKILL');
      });
    },

    killTemporal() {
      const records = slotFolders().map(readRecord);
      const server = records.find((record) => record?.owner === running?.pid)?.pid;
      if (server === undefined) throw new Error('The book has started no Temporal server.');
      const parent = execFileSync('ps', ['-o', 'ppid=', '-p', `${server}`], { encoding: 'utf8' });
      process.kill(Number(parent), 'SIGSTOP');
      process.kill(server, 'SIGKILL');
      return () => void process.kill(Number(parent), 'SIGCONT');
    },
  };
}
