import { createAdaptorServer } from '@hono/node-server';
import getPort, { portNumbers } from 'get-port';
import type { Hono } from 'hono';

/** The port a reader can remember; the ones after it are for a second live book beside the first. */
const FIRST_PORT = 4400;
const LAST_PORT = 4499;

/** Only this machine: the live book starts workflows for whoever asks. */
const HOST = '127.0.0.1';

/** A request holds a few kB and comes from this machine. One that is not there after this long, in milliseconds, never will be. */
const REQUEST_TIMEOUT_MS = 10_000;

/** How to listen. */
export interface ListenOptions {
  /** The port to take, and no other. @defaultValue the first free one from 4400 on */
  port?: number;
  /** How long a request may take to arrive, in milliseconds. @defaultValue 10,000 */
  requestTimeoutMs?: number;
}

/** Where the live book listens. */
export interface Listening {
  port: number;
  /** Address of the book's first page. */
  url: string;
  /** Cuts every connection, event streams too, and closes the port. */
  close(): Promise<void>;
}

/**
 * Serves an application.
 *
 * @param appFor - makes the application once its port is known, since it refuses requests for another one
 * @throws Error when the port cannot be opened
 */
export async function listen(
  appFor: (port: number) => Hono,
  { port: wanted, requestTimeoutMs = REQUEST_TIMEOUT_MS }: ListenOptions = {},
): Promise<Listening> {
  if (wanted) return await listenOn(wanted, appFor(wanted), requestTimeoutMs);
  for (;;) {
    const free = await getPort({ port: portNumbers(FIRST_PORT, LAST_PORT), host: HOST });
    try {
      return await listenOn(free, appFor(free), requestTimeoutMs);
    } catch (error) {
      // Another live book, started at the same moment, was quicker; get-port will now name the next one.
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

async function listenOn(port: number, app: Hono, requestTimeoutMs: number): Promise<Listening> {
  // By default the adapter puts a faster Response in place of Node's, which has not all of its methods: the highlighter,
  // which reads its WebAssembly through one, then fails.
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    // Node looks every half minute, and gives a request five.
    serverOptions: {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: requestTimeoutMs / 10,
    },
  });
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
