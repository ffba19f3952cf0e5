/** What a bench was run on. */
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { connect } from '../lab/connect.js';
import type { TemporalServer } from '../lab/server/types.js';
import type { About } from './results.js';

/**
 * @param server - the one that is measured
 * @param args - of the command line
 */
export async function aboutRun(server: TemporalServer, args: readonly string[]): Promise<About> {
  const { connection } = await connect(server);
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  await connection.close();
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
