import { parseArgs } from 'node:util';
import { LabError } from '../lab/errors.js';

/** What `npm start` can be told. */
export interface StartOptions {
  /** The port to serve the book on, and no other; 0 for the first free one. */
  port: number;
}

/**
 * Reads the arguments of `npm start`.
 *
 * @throws LabError `usage`
 */
export function readStartOptions(args: readonly string[]): StartOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string', default: '0' } },
    });
    const port = Number(values.port);
    if (/^\d+$/.test(values.port) && port <= 65_535) return { port };
  } catch {
    // Told below, with the rest of what it takes.
  }
  throw new LabError(
    'usage',
    'Usage: npm start [-- --port N]\n\nThe port is a number up to 65535; without it, the first free one from 4400 on.',
  );
}
