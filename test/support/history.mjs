import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Writes the history of a run to a file, without the name of the machine that it ran on.
 *
 * @param {import('@temporalio/client').WorkflowHandle} run
 * @param {URL} file
 */
export async function writeHistory(run, file) {
  const { History } = proto.temporal.api.history.v1;
  const plain = { bytes: String, enums: String, longs: String };
  const history = JSON.stringify(History.toObject(await run.fetchHistory(), plain), null, 1)
    .replaceAll(root, '')
    // A worker's identity names its machine, and so does its sticky task queue.
    .replaceAll(/"\d+@[^"]*"/g, '"recorded"');
  writeFileSync(file, `${history}\n`);
}
