/** A gateway on a port of Node's, and how it goes away. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Gateway } from './gateway.js';

// #region listen
/** A gateway that can be reached. */
export interface Listening {
  port: number;
  url: string;
  /**
   * Goes away for a deploy: takes no further connection, ends the event streams, lets other requests finish.
   *
   * @param graceMs - how long that may take, in milliseconds, before what is left is cut. Keep it below the time
   *   after which your platform kills the process. @defaultValue 5,000
   */
  close(graceMs?: number): Promise<void>;
}

/** How often connections that have finished are looked for, in milliseconds. */
const SWEEP_MS = 50;

/** Opens a port on this machine. @param port - 0 takes a free one */
export async function listen(
  gateway: Pick<Gateway, 'fetch' | 'stop'>,
  port = 0,
): Promise<Listening> {
  const server = createServer(getRequestListener(gateway.fetch, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: own } = server.address() as AddressInfo;
  return {
    port: own,
    url: `http://127.0.0.1:${own}`,
    close: (graceMs = 5_000) =>
      new Promise((resolve) => {
        // A browser keeps a connection open for its next request; what has answered its last one is closed.
        const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearInterval(sweep);
          clearTimeout(cut);
          resolve();
        });
        gateway.stop();
      }),
  };
}
// #endregion listen
