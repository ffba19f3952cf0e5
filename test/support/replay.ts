/** Replays recorded histories with the workflow code as it is now, so that a change of it is noticed. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';

const { History } = proto.temporal.api.history.v1;
export type RecordedHistory = ReturnType<typeof History.fromObject>;

/**
 * Bundles workflows as a worker does; fails when they reach for anything outside the sandbox.
 *
 * @param workflows - the module that exports them
 */
export async function bundleForReplay(workflows: string | URL): Promise<{ code: string }> {
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ logger });
  return bundleWorkflowCode({ workflowsPath: fileURLToPath(workflows), logger });
}

/** The histories recorded in a folder: their names, and a way to read one. */
export function historiesIn(folder: URL) {
  return {
    names: readdirSync(folder),
    read: (name: string): RecordedHistory =>
      History.fromObject(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))),
  };
}

/** Rejects when the workflow code does something else than the history says. */
export function replay(
  workflowBundle: { code: string },
  history: RecordedHistory,
  name: string,
): Promise<void> {
  return Worker.runReplayHistory({ workflowBundle }, history, name);
}
