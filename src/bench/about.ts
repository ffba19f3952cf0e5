/** What a bench was run on. */
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import type { Client } from '@temporalio/client';
import type { About } from './results.js';

/**
 * @param client - of the server that is measured
 * @param args - of the command line
 */
export async function aboutRun(client: Client, args: readonly string[]): Promise<About> {
  const { serverVersion } = await client.workflowService.getSystemInfo({});
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    server: `Temporal ${serverVersion}`,
    sdk: versionOf('@temporalio/client'),
    official: versionOf('@temporalio/workflow-streams'),
    node: process.versions.node,
    cpus: `${processors.length} × ${processors[0]?.model ?? 'unknown'}`,
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
  };
}

function versionOf(packageName: string): string {
  const manifest = createRequire(import.meta.url)(`${packageName}/package.json`);
  return (manifest as { version: string }).version;
}
