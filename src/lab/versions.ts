import { createRequire } from 'node:module';
import type { Client } from '@temporalio/client';

/** Asks a Temporal server for its version, `1.29.1`. */
export async function serverVersion({ workflowService }: Client): Promise<string> {
  return (await workflowService.getSystemInfo({})).serverVersion;
}

/** The version of an installed package. @param name - as it is imported */
export function packageVersion(name: string): string {
  const manifest = createRequire(import.meta.url)(`${name}/package.json`);
  return (manifest as { version: string }).version;
}
