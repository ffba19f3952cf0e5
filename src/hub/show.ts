/** What the command shows: a newsroom at work, and three ways in which it goes wrong. */
import type { Client } from '@temporalio/client';
import { type Audit, audit } from './audit.js';
import type { Headline } from './events.js';
import { type Brake, flood } from './flood.js';
import { describeAudit, describeFlood, describeHeadline } from './lines.js';
import { losingAnswers, throughLink } from './link.js';
import { type NewsroomOptions, readHeadlines, runNewsroom } from './newsroom.js';
import { closeHub, openHub } from './open.js';
import { type AgencyProcess, startAgency } from './processes.js';
import { agencies } from './stories.js';

/** What every run needs to know. */
export interface ShowOptions extends Required<Pick<NewsroomOptions, 'headlines' | 'publishers'>> {
  id: string;
  pauseMs: number;
  intervalMs: number;
}

/** Several agencies and a reader; whoever is first opens the hub. */
export async function showNewsroom(
  client: Client,
  { id, intervalMs, ...options }: ShowOptions,
  clientOf = (_agency: string): Client => client,
): Promise<Audit> {
  const publishing = { batchInterval: intervalMs };
  const received = await readWhile(client, id, () =>
    runNewsroom(client, id, { ...options, publishing, clientOf }),
  );
  const published = agencies(options.publishers).map((agency) => [agency, options.headlines]);
  return tell(audit(Object.fromEntries(published), received));
}

/** The same, but the answer to every other signal is lost. */
export async function showFlaky(client: Client, options: ShowOptions): Promise<Audit> {
  let repeated = 0;
  const lossy = (agency: string): Client =>
    throughLink(
      client,
      losingAnswers(() => {
        repeated++;
        console.log(`     ${agency} is cut off, and sends the batch again`);
      }),
    );
  const result = await showNewsroom(client, options, lossy);
  console.log(`${repeated} batches arrived twice, and were taken once`);
  return result;
}

/** How an agency that is to be killed works: it makes sure of every second headline… */
const CONFIRM_EVERY = 2;
/** …and is killed one headline later, which is still in its memory… */
const KILLED_AT = 3;
/** …since its batches wait for a minute, in milliseconds. */
const LONG_INTERVAL = 60_000;

/**
 * Every agency is a process of its own.
 *
 * @param script - the command that publishes, as a process
 * @param kill - whether the first one is killed
 */
export async function showProcesses(
  client: Client,
  { id, publishers, headlines, pauseMs, intervalMs }: ShowOptions,
  { script, kill }: { script: string; kill: boolean },
): Promise<Audit> {
  const start = (name: string, isDoomed: boolean): AgencyProcess => {
    const interval = isDoomed ? LONG_INTERVAL : intervalMs;
    const numbers = { headlines, pause: pauseMs, interval, confirm: CONFIRM_EVERY };
    const options = Object.entries({ hub: id, name, ...numbers });
    const args = ['publish', ...options.map(([option, value]) => `--${option}=${value}`)];
    return startAgency(script, args, isDoomed ? KILLED_AT : undefined);
  };
  const names = agencies(publishers);
  const processes = names.map((name, place) => start(name, kill && place === 0));
  const received = await readWhile(client, id, async () => {
    const killed = await Promise.all(processes.map(({ ended }) => ended));
    for (const [place, agency] of processes.entries()) {
      if (!killed[place]) continue;
      const known = `${agency.published()} published, ${agency.confirmed()} confirmed`;
      console.log(`     ${names[place]} was killed: ${known}`);
    }
    await closeHub(await openHub(client, id));
  });
  const published = processes.map((agency, place) => [names[place], agency.published()]);
  return tell(audit(Object.fromEntries(published), received));
}

const BRAKES: readonly Brake[] = ['none', 'maxBuffered', 'ready'];

/** A publisher without a brake, one that gives up, and one that waits. */
export async function showFlood(client: Client, id: string): Promise<void> {
  const hub = await openHub(client, id);
  for (const brake of BRAKES) {
    const result = await flood(client, id, { brake });
    console.log(describeFlood(brake, result));
  }
  await closeHub(hub);
  console.log(`the hub has ${await hub.result()} headlines`);
}

/** Reads and prints while others work; when they fail, the reading ends as well. */
async function readWhile(
  client: Client,
  id: string,
  work: () => Promise<unknown>,
): Promise<Headline[]> {
  const ended = new AbortController();
  const reading = readHeadlines(client, id, {
    onHeadline: (item) => console.log(describeHeadline(item)),
    signal: ended.signal,
  });
  try {
    const [received] = await Promise.all([reading, work()]);
    return received;
  } finally {
    ended.abort();
  }
}

function tell(result: Audit): Audit {
  console.log(describeAudit(result));
  return result;
}
