import { createAdaptorServer } from '@hono/node-server';
import getPort, { portNumbers } from 'get-port';
import type { Hono } from 'hono';

/** The port a reader can remember; the ones after it are for a second live book beside the first. */
const FIRST_PORT = 4400;
const LAST_PORT = 4499;

/** Only this machine: the live book starts workflows for whoever asks. */
const HOST = '127.0.0.1';

/** Where the live book listens. */
export interface Listening {
  port: number;
  /** Address of the book's first page. */
  url: string;
  /** Cuts every connection, event streams too, and closes the port. */
  close(): Promise<void>;
}

/**
 * Serves an application on the first free port from 4400 on, or on the one that was asked for.
 *
 * @param appFor - makes the application once its port is known, since it refuses requests for another one
 * @param wanted - the port to take, and no other; 0 for the first free one
 * @throws Error when the port cannot be opened
 */
export async function listen(appFor: (port: number) => Hono, wanted = 0): Promise<Listening> {
  if (wanted !== 0) return await listenOn(wanted, appFor(wanted));
  for (;;) {
    const free = await getPort({ port: portNumbers(FIRST_PORT, LAST_PORT), host: HOST });
    try {
      return await listenOn(free, appFor(free));
    } catch (error) {
      // Another live book, started at the same moment, was quicker; get-port will now name the next one.
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

async function listenOn(port: number, app: Hono): Promise<Listening> {
  // By default the adapter puts a faster Response in place of Node's, which has not all of its methods: the highlighter,
  // which reads its WebAssembly through one, then fails.
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  return {
    port,
    url: `http://${HOST}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
