/** `npm run hub`: a newsroom, whose agencies publish from outside; or one part of it, to join another. */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { asUsage, connect, openLab, openServer, runCommand } from 'streambook/lab';
import { describeHeadline } from './lines.js';
import { readHeadlines } from './newsroom.js';
import { closeHub, hubOf } from './open.js';
import { type AgencyNumbers, type NewsroomCommand, readOptions, USAGE } from './options.js';
import { reportToParent } from './processes.js';
import { publishHeadlines } from './publish.js';
import { showFlaky, showFlood, showNewsroom, showProcesses } from './show.js';

async function newsroom({ mode, hub, ...numbers }: NewsroomCommand): Promise<void> {
  await using lab = await openLab('hub');
  const { client } = lab;
  const id = hub ?? randomBytes(3).toString('hex');
  console.log(`workflow hub-${id}`);
  const options = { id, ...numbers };
  const script = fileURLToPath(import.meta.url);
  if (mode === 'flood') await showFlood(client, id);
  else if (mode === 'flaky') await showFlaky(client, options);
  else if (mode) await showProcesses(client, options, { script, kill: mode === 'kill' });
  else await showNewsroom(client, options);
}

/** A publisher needs no worker: the server takes signals whether one is up or not. */
async function publish(id: string, name: string, numbers: AgencyNumbers): Promise<void> {
  // Started by another process, it ends with that one.
  process.once('disconnect', () => process.exit());
  process.channel?.unref();
  const server = await openServer();
  const client = await connect(server);
  try {
    await publishHeadlines(client, id, name, {
      ...numbers,
      publishing: { batchInterval: numbers.intervalMs },
      onPublished: (published) => {
        console.log(`${name} ${published}`);
        reportToParent({ published });
      },
      onConfirmed: (confirmed) => reportToParent({ confirmed }),
    });
    console.log('all of them have arrived');
  } finally {
    await client.connection.close();
    await server.stop();
  }
}

async function read(id: string): Promise<void> {
  await using lab = await openLab('hub');
  const { length } = await readHeadlines(lab.client, id, {
    onHeadline: (item) => console.log(describeHeadline(item)),
  });
  console.log(`the hub is closed after ${length} headlines`);
}

async function close(id: string): Promise<void> {
  await using lab = await openLab('hub');
  const hub = hubOf(lab.client, id);
  await closeHub(hub);
  console.log(`the hub is closed after ${await hub.result()} headlines`);
}

await runCommand(USAGE, async () => {
  const command = asUsage(() => readOptions(process.argv.slice(2)));
  if (command.role === 'newsroom') return newsroom(command);
  if (command.role === 'read') return read(command.hub);
  if (command.role === 'close') return close(command.hub);
  return publish(command.hub, command.name, command);
});
