/** `npm run load`: many clients on one run of the live book, to see how many it can serve. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WorkflowStreamClient } from 'streambook/client';
import { LabError, openLab, runCommand } from 'streambook/lab';
import { closeLighthouse, startLighthouse, VOLUMES } from 'streambook/rollover';
import { compiled } from '../../lab/clone.js';
import { createApp } from '../app.js';
import { NO_KNOBS } from '../knob-kinds.js';
import { launcherOf } from '../launch.js';
import { listen } from '../listen.js';
import { createLive } from '../live.js';
import { createRuns } from '../runs.js';
import type { Seen } from './clients.js';
import { Latencies } from './latencies.js';
import { NEWS, type News } from './news.js';

const USAGE = `Usage: npm run load [-- --clients N] [--rate N] [--seconds N]

Serves one run of the live book to many clients at once, each with a connection of its own, and
measures how long after an event was published it has reached them. The clients are in another
process on this machine.

  --clients N   how many (1000)
  --rate N      events a second (10)
  --seconds N   for how long (60)`;

/** Between two lines of progress, in milliseconds. */
const TOLD_EACH_MS = 10_000;
/** Longer than anybody waits for a measurement. */
const DAY_SECONDS = 86_400;
/** The longest time that is left to the last event, in milliseconds. */
const PATIENCE_MS = 30_000;

function numberOf(name: string, text: string, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new LabError('usage', `--${name} must be a whole number from 1 to ${most}.`);
}

await runCommand(USAGE, async () => {
  const { values } = parseArgs({
    options: {
      clients: { type: 'string', default: '1000' },
      rate: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '60' },
    },
  });
  const clients = numberOf('clients', values.clients, 20_000);
  const rate = numberOf('rate', values.rate, 100);
  const seconds = numberOf('seconds', values.seconds, DAY_SECONDS);

  // Its workflow goes on from run to run, so that its history is never long.
  await using lab = await openLab('rollover');
  const fail = (error: unknown) => console.error(error);
  const launcher = launcherOf(
    {
      topics: [VOLUMES, NEWS],
      knobs: NO_KNOBS,
      timeLimitMs: (seconds + 120) * 1_000,
      start: (client, id) => startLighthouse(client, `load-${id}`),
      told: ({ volumes }) => `${volumes} volumes`,
    },
    () => ({ client: lab.client }),
  );
  const runs = createRuns({ launchers: new Map([['load', launcher]]), onError: fail });
  // Nobody looks at its pages.
  const pagesDirectory = compiled('web', 'browser');
  const live = createLive();
  const { url, close } = await listen((port) =>
    createApp({ ...{ pagesDirectory, port, runs, maxStreams: clients }, live, onError: fail }),
  );
  try {
    const run = await runs.start('load', {});
    await using crowd = openCrowd(`${url}/api/runs/${run.id}/events`, clients);
    while ((await crowd.ask()).connected < clients) await delay(100);
    console.log(`${clients} clients are connected; ${memory()} MB`);

    await using stream = WorkflowStreamClient.create(lab.client, run.workflowId, {
      batchInterval: '10 milliseconds',
    });
    const news = stream.topic<News>(NEWS);
    const begin = Date.now();
    let told = begin;
    let published = 0;
    const cpu = process.cpuUsage();
    while (published < rate * seconds) {
      await delay(Math.max(0, begin + (published * 1_000) / rate - Date.now()));
      news.publish({ number: ++published, at: Date.now() });
      if (Date.now() - told < TOLD_EACH_MS) continue;
      told = Date.now();
      console.log(line(published, clients, await crowd.ask()));
    }
    await stream.flush();
    const { volumes } = await closeLighthouse(lab.client.workflow.getHandle(run.workflowId));
    const deadline = Date.now() + PATIENCE_MS;
    let last = await crowd.ask();
    while (last.complete < clients && Date.now() < deadline) {
      await delay(100);
      last = await crowd.ask();
    }
    const { user, system } = process.cpuUsage(cpu);
    const busy = (user + system) / 1_000 / (Date.now() - begin);
    console.log(line(published, clients, last));
    console.log(`the workflow took ${volumes} runs`);
    console.log(`the server's process used ${busy.toFixed(2)} of a processor`);
    if (last.complete < clients || last.fewest < published || last.disordered > 0) {
      throw new Error(
        `Not every client has everything in its order: ${last.complete} of ${clients} have the end, the fewest events are ${last.fewest} of ${published}, ${last.disordered} came in another order.`,
      );
    }
  } finally {
    await close();
  }
});

/** Starts the process of the clients. */
function openCrowd(url: string, clients: number) {
  const child = fork(compiled('web', 'load', 'clients.js'), [url, String(clients)]);
  const started = once(child, 'message');
  return {
    async ask(): Promise<Seen> {
      await started;
      const answered = once(child, 'message');
      child.send('tell');
      const [seen] = await answered;
      return seen as Seen;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

function line(published: number, clients: number, { fewest, latencies }: Seen): string {
  const all = new Latencies();
  for (const [ms, count] of latencies) all.add(ms, count);
  const [p50, p99, longest] = [0.5, 0.99, 1].map((part) => all.percentile(part));
  return `${published} events, ${fewest} at least received by each of ${clients}; p50 ${p50} ms, p99 ${p99} ms, longest ${longest} ms; ${memory()} MB`;
}

/** Of this process, which is the server's. */
function memory(): number {
  return Math.round(process.memoryUsage().rss / 1_000_000);
}
