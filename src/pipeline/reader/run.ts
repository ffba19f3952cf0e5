/** The reading process: `node run.js <settings as JSON>`, over a channel to who started it. */
import { once } from 'node:events';
import { connect } from 'streambook/lab';
import { openCursorStore } from '../cursors.js';
import { defineInbox } from '../inbox.js';
import { describeEvent } from '../lines.js';
import { readOn } from '../reading.js';
import type { ReaderMessage, ReaderSettings } from './process.js';

async function main(settings: ReaderSettings): Promise<void> {
  const { server, store, user, run, crashAt } = settings;
  const client = await connect(server);
  const cursors = await openCursorStore(store);
  await defineInbox(cursors.database);
  const halfWay = (offset: number): void => {
    if (offset === crashAt) process.kill(process.pid, 'SIGKILL');
  };
  // Asked before it is told where we are, so that the answer cannot be missed.
  let isAsked = once(process, 'message');
  await tell({ kind: 'resumed', offset: await cursors.load(user, run) });
  await isAsked;
  for await (const event of readOn(client, cursors, { ...settings, halfWay })) {
    isAsked = once(process, 'message');
    await tell({ kind: 'took', offset: event.offset, text: describeEvent(event) });
    await isAsked;
  }
  await cursors.close();
  await client.connection.close();
}

function tell(message: ReaderMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}

// The channel closes when the parent ends, in whichever way.
process.once('disconnect', () => process.exit());
try {
  await main(JSON.parse(process.argv[2] ?? '{}') as ReaderSettings);
  await tell({ kind: 'end' });
} catch (error) {
  await tell({ kind: 'failed', message: (error as Error).message });
}
process.exit();
