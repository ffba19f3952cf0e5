/** What may be typed after `npm run hub --`. */
import { parseArgs } from 'node:util';
import { MOST_AGENCIES } from './stories.js';

export const USAGE = `Usage: npm run hub [-- options]
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

/** Ways to show a newsroom that is not all well. */
const MODES = ['processes', 'kill', 'flaky', 'flood'] as const;

/** How an agency works, in numbers. */
export interface AgencyNumbers {
  headlines: number;
  pauseMs: number;
  intervalMs: number;
  confirmEvery?: number;
}

/** A whole newsroom. */
export interface NewsroomCommand extends AgencyNumbers {
  role: 'newsroom';
  hub?: string;
  publishers: number;
  mode?: (typeof MODES)[number];
}

/** What was asked for: a whole newsroom, or one part of it. */
export type HubCommand =
  | NewsroomCommand
  | (AgencyNumbers & { role: 'publish'; hub: string; name: string })
  | { role: 'read'; hub: string }
  | { role: 'close'; hub: string };

/** How few headlines an agency may have that is to be killed after its third. */
const FEWEST_TO_KILL = 3;

/**
 * Reads the command line and checks all of it.
 *
 * @param args - what was typed after `npm run hub --`
 * @throws RangeError with a sentence about what makes no sense
 * @throws TypeError of `parseArgs` for an option that there is not
 */
export function readOptions(args: string[]): HubCommand {
  const { values, positionals } = parse(args);
  const [role = 'newsroom', surplus] = positionals;
  if (surplus !== undefined) throw new RangeError(`"${surplus}" is one word too many.`);
  const hub = nameIn(values.hub, '--hub');
  const numbers = {
    headlines: wholeIn(values.headlines ?? '5', '--headlines', 1, 1_000),
    pauseMs: wholeIn(values.pause ?? '200', '--pause', 0, 60_000),
    intervalMs: wholeIn(values.interval ?? '200', '--interval', 1, 60_000),
    ...(values.confirm && { confirmEvery: wholeIn(values.confirm, '--confirm', 1, 1_000) }),
  };
  const publishers = wholeIn(values.publishers ?? '3', '--publishers', 1, MOST_AGENCIES);
  const [mode, second] = MODES.filter((name) => values[name]);
  if (second) throw new RangeError(`--${mode} and --${second} exclude each other.`);

  if (role === 'newsroom') {
    if (mode === 'kill' && numbers.headlines < FEWEST_TO_KILL) {
      throw new RangeError(`--kill needs --headlines ${FEWEST_TO_KILL} or more.`);
    }
    return { role, hub, mode, publishers, ...numbers };
  }
  if (role !== 'publish' && role !== 'read' && role !== 'close') {
    throw new RangeError(`"${role}" is none of publish, read and close.`);
  }
  if (mode) throw new RangeError(`--${mode} shows a whole newsroom, so it goes without "${role}".`);
  if (!hub) throw new RangeError(`"${role}" needs to know which hub: --hub <id>.`);
  if (role !== 'publish') return { role, hub };
  const name = nameIn(values.name, '--name');
  if (!name) throw new RangeError('"publish" needs to know who publishes: --name <name>.');
  return { role, hub, name, ...numbers };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const texts = { hub: text, name: text, publishers: text, headlines: text };
  const times = { pause: text, interval: text, confirm: text };
  const modes = { processes: flag, kill: flag, flaky: flag, flood: flag };
  const options = { ...texts, ...times, ...modes };
  return parseArgs({ args, allowPositionals: true, options });
}

function wholeIn(text: string, option: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  const range = `a whole number from ${least} to ${most}`;
  throw new RangeError(`${option} must be ${range}, and not "${text}".`);
}

/** Names become part of a workflow's id and of lines, so they are short and plain. */
function nameIn(text: string | undefined, option: string): string | undefined {
  if (text === undefined || /^[\w.-]{1,40}$/.test(text)) return text;
  throw new RangeError(`${option} takes 1 to 40 letters, digits, dots and dashes, not "${text}".`);
}
