/** `npm run hub`: a newsroom, whose agencies publish from outside; or one part of it, to join another. */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Client } from '@temporalio/client';
import { connect, LabError, openLab, openServer, runCommand } from 'streambook/lab';
import { describeHeadline } from './lines.js';
import { readHeadlines } from './newsroom.js';
import { closeHub, hubOf } from './open.js';
import { reportToParent } from './processes.js';
import { publishHeadlines } from './publish.js';
import {
  FEWEST_TO_KILL,
  type ShowOptions,
  showFlaky,
  showFlood,
  showNewsroom,
  showProcesses,
} from './show.js';
import { MOST_AGENCIES } from './stories.js';

const USAGE = `Usage: npm run hub [-- options]
       npm run hub -- publish --hub <id> --name <name> [options]
       npm run hub -- read|close --hub <id>

  --hub <id>         the hub to use or to open; by default, a new one
  --publishers <n>   how many agencies publish at once (3)
  --headlines <n>    how many headlines each of them has (5)
  --pause <ms>       pause after each headline (200)
  --interval <ms>    how long a headline may wait to travel with others (200)
  --processes        run each agency as a process of its own
  --kill             the same, and kill one of them
  --flaky            lose the answer to every other signal
  --flood            publish more than the network carries, with and without a brake
  --name <name>      with "publish": who publishes
  --confirm <n>      with "publish": make sure after every n headlines`;

type Options = ReturnType<typeof readOptions>;

function readOptions() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      hub: text,
      name: text,
      publishers: text,
      headlines: text,
      pause: text,
      interval: text,
      confirm: text,
      processes: flag,
      kill: flag,
      flaky: flag,
      flood: flag,
    },
  });
  const [role = 'newsroom', surplus] = positionals;
  if (surplus !== undefined) throw usage(`"${surplus}" is one word too many.`);
  return {
    role,
    hub: nameIn(values.hub, '--hub'),
    name: nameIn(values.name, '--name'),
    publishers: wholeIn(values.publishers ?? '3', '--publishers', 1, MOST_AGENCIES),
    headlines: wholeIn(values.headlines ?? '5', '--headlines', 1, 1_000),
    pauseMs: wholeIn(values.pause ?? '200', '--pause', 0, 60_000),
    intervalMs: wholeIn(values.interval ?? '200', '--interval', 1, 60_000),
    confirmEvery: values.confirm ? wholeIn(values.confirm, '--confirm', 1, 1_000) : undefined,
    ...modeOf(values),
  };
}

function usage(message: string): LabError {
  return new LabError('usage', message);
}

function wholeIn(text: string, option: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw usage(`${option} must be a whole number from ${least} to ${most}, and not "${text}".`);
}

/** Names become part of a workflow's id and of lines, so they are short and plain. */
function nameIn(text: string | undefined, option: string): string | undefined {
  if (text === undefined || /^[\w.-]{1,40}$/.test(text)) return text;
  throw usage(`${option} takes up to 40 letters, digits, dots and dashes, and not "${text}".`);
}

const MODES = ['processes', 'kill', 'flaky', 'flood'] as const;

/** The one way in which the newsroom is to be shown. */
function modeOf(values: Record<(typeof MODES)[number], boolean>): {
  mode?: (typeof MODES)[number];
} {
  const [mode, second] = MODES.filter((name) => values[name]);
  if (second) throw usage(`--${mode} and --${second} exclude each other.`);
  return { mode };
}

async function newsroom({ mode, hub, ...rest }: Options): Promise<void> {
  if (mode === 'kill' && rest.headlines < FEWEST_TO_KILL) {
    throw usage(`--kill needs at least ${FEWEST_TO_KILL} headlines: --headlines.`);
  }
  await using lab = await openLab('hub');
  const { client } = lab;
  const options: ShowOptions = { id: hub ?? randomBytes(3).toString('hex'), ...rest };
  console.log(`workflow hub-${options.id}`);
  const script = fileURLToPath(import.meta.url);
  if (mode === 'flood') await showFlood(client, options.id);
  else if (mode === 'flaky') await showFlaky(client, options);
  else if (mode) await showProcesses(client, options, { script, kill: mode === 'kill' });
  else await showNewsroom(client, options);
}

/** A publisher needs no worker: the server takes signals whether one is up or not. */
async function publish(id: string, name: string, options: Options): Promise<void> {
  // Started by another process, it ends with that one.
  process.once('disconnect', () => process.exit());
  process.channel?.unref();
  await using server = await withClient();
  await publishHeadlines(server.client, id, name, {
    ...options,
    publishing: { batchInterval: options.intervalMs },
    onPublished: (published) => {
      console.log(`${name} ${published}`);
      reportToParent({ published });
    },
    onConfirmed: (confirmed) => reportToParent({ confirmed }),
  });
  console.log('all of them have arrived');
}

async function withClient(): Promise<{ client: Client } & AsyncDisposable> {
  const server = await openServer();
  const client = await connect(server);
  return {
    client,
    async [Symbol.asyncDispose]() {
      await client.connection.close();
      await server.stop();
    },
  };
}

async function read(id: string): Promise<void> {
  await using lab = await openLab('hub');
  const onHeadline = (item: Parameters<typeof describeHeadline>[0]): void =>
    console.log(describeHeadline(item));
  const { length } = await readHeadlines(lab.client, id, { onHeadline });
  console.log(`the hub is closed after ${length} headlines`);
}

async function close(id: string): Promise<void> {
  await using lab = await openLab('hub');
  const hub = hubOf(lab.client, id);
  await closeHub(hub);
  console.log(`the hub is closed after ${await hub.result()} headlines`);
}

// Whoever reads the output may leave early, as \`head\` does; what was started ends with this process.
process.stdout.on('error', () => process.exit());

await runCommand(USAGE, async () => {
  const options = readOptions();
  const { role, hub, name } = options;
  if (role === 'newsroom') return newsroom(options);
  if (!['publish', 'read', 'close'].includes(role)) {
    throw usage(`"${role}" is none of publish, read and close.`);
  }
  if (!hub) throw usage(`"${role}" needs to know which hub: --hub <id>.`);
  if (role === 'read') return read(hub);
  if (role === 'close') return close(hub);
  if (!name) throw usage('"publish" needs to know who publishes: --name <name>.');
  return publish(hub, name, options);
});
