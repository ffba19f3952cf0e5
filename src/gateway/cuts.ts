/** A bad line in front of a server: it cuts each connection after so many bytes, wherever that is. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

// #region seeded
/**
 * Numbers from 0 up to 1 that look like chance and come again with the same seed: mulberry32 of Tommy Ettinger
 * (public domain, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c).
 */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
// #endregion seeded

// #region cut-line
/** What the line does. */
export interface LineOptions {
  /** The port behind it, asked for each connection: another server may have taken the place of the first. */
  target: () => number;
  /** How many bytes of answers a connection carries before it is cut; Infinity for one that is not. */
  bytes: () => number;
}

/** The line. */
export interface Line {
  url: string;
  /** How many connections it was asked for, and how many of them it has cut. */
  connections: number;
  cuts: number;
  close(): Promise<void>;
}

/** Opens the line on a free port of this machine. */
export async function cutLine({ target, bytes }: LineOptions): Promise<Line> {
  const open = new Set<Socket>();
  const server = createServer((browser) => {
    line.connections++;
    let left = bytes();
    const behind = connect(target(), '127.0.0.1');
    for (const socket of [browser, behind]) {
      open.add(socket);
      // A connection that breaks is what this is about.
      socket.on('error', () => {});
      socket.on('close', () => open.delete(socket));
    }
    browser.on('close', () => behind.destroy());
    behind.on('close', () => browser.end());
    browser.pipe(behind);
    behind.on('data', (chunk) => {
      if (chunk.length < left) {
        left -= chunk.length;
        browser.write(chunk);
        return;
      }
      line.cuts++;
      behind.destroy();
      // Half an event may be in what still goes out.
      browser.end(chunk.subarray(0, left));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const line: Line = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: 0,
    cuts: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
  return line;
}
// #endregion cut-line
