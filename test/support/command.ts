/** A scenario's command, run as its reader would, without a terminal. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { compiled } from '../../src/lab/clone.ts';

/** Starts the command of a scenario. */
export function startCommand(scenario: string, ...options: string[]): ChildProcess {
  return spawn(process.execPath, [compiled(scenario, 'run.js'), ...options]);
}

/** What a command printed, and how it ended; the code is null when a signal ended it. */
export async function finished(
  command: ChildProcess,
): Promise<{ code: number | null; out: string; err: string }> {
  let [out, err] = ['', ''];
  command.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  command.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [code] = await once(command, 'close');
  return { code, out, err };
}
