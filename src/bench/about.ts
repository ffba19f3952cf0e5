/** What a bench was run on. */
import { cpus } from 'node:os';
import type { Client } from '@temporalio/client';
import { packageVersion, serverVersion } from '../lab/versions.js';
import type { About } from './results.js';

/**
 * @param client - of the server that is measured
 * @param args - of the command line
 */
export async function aboutRun(client: Client, args: readonly string[]): Promise<About> {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    server: `Temporal ${await serverVersion(client)}`,
    sdk: packageVersion('@temporalio/client'),
    official: packageVersion('@temporalio/workflow-streams'),
    node: process.versions.node,
    cpus: `${processors.length} × ${processors[0]?.model ?? 'unknown'}`,
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
  };
}
