/** A live book on a real port, for whoever means it ill; everything that it calls its own failure is kept. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AppOptions, createApp } from '../../src/web/app.ts';
import { listen } from '../../src/web/listen.ts';
import { createLive } from '../../src/web/live.ts';
import { createRuns, type Launcher } from '../../src/web/runs.ts';
import { fakeLauncher } from './book-under-test.ts';

/** What came back over a socket. */
export interface Answer {
  /** `undefined` when the connection was closed without an answer. */
  status: number | undefined;
  text: string;
}

/** How many readers a run has now. */
export interface Watched {
  readers: number;
}

/** A launcher of runs that say one thing, and go on until the reader leaves. */
export function lastingLauncher(watched: Watched = { readers: 0 }): Launcher {
  const launcher = fakeLauncher();
  return {
    ...launcher,
    launch: async (id, knobs) => ({
      ...(await launcher.launch(id, knobs)),
      async *read(_reader, from, signal) {
        watched.readers++;
        try {
          if (from === 0) yield { offset: 0, topic: 'status', data: 'received' };
          await new Promise<void>((resolve) => {
            signal.addEventListener('abort', () => resolve());
            if (signal.aborted) resolve();
          });
        } finally {
          watched.readers--;
        }
      },
    }),
  };
}

/** Opens one, with a secret beside its pages. Whoever asks for `options` that the application has gets them. */
export async function openAttackedBook(
  options: Partial<AppOptions> & { requestTimeoutMs?: number; launcher?: Launcher } = {},
) {
  const { requestTimeoutMs, launcher = lastingLauncher(), ...others } = options;
  const folder = mkdtempSync(join(tmpdir(), 'streambook-attacked-'));
  const pagesDirectory = join(folder, 'book');
  mkdirSync(join(pagesDirectory, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'the secret');
  writeFileSync(join(pagesDirectory, '.secret'), 'the secret');
  writeFileSync(join(pagesDirectory, 'index.html'), '<!doctype html><title>Streambook</title>');
  const failures: unknown[] = [];
  const onError = (error: unknown) => void failures.push(error);
  const runs = createRuns({ launchers: new Map([['order', launcher]]), onError });
  const { port, url, close } = await listen(
    (port) =>
      createApp({
        ...{ pagesDirectory, port, runs, onError },
        live: createLive(),
        killWorker: () => 4711,
        ...others,
      }),
    { requestTimeoutMs },
  );
  const sockets = new Set<Socket>();
  const host = `127.0.0.1:${port}`;

  return {
    port,
    url,
    host,
    failures,
    async close() {
      for (const socket of sockets) socket.destroy();
      await close();
      rmSync(folder, { recursive: true });
    },

    /** Sends bytes as they are. @returns what has come by the time the connection closes, or `until` has come */
    send(bytes: string | Buffer, until?: RegExp): Promise<Answer> {
      const socket = connect(port, '127.0.0.1');
      sockets.add(socket);
      let text = '';
      return new Promise((resolve) => {
        const finish = () => {
          socket.destroy();
          const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
          resolve({ status: status === undefined ? undefined : Number(status), text });
        };
        socket.setEncoding('latin1').on('data', (piece: string) => {
          text += piece;
          if (until?.test(text)) finish();
        });
        socket.on('error', finish);
        socket.on('close', () => {
          sockets.delete(socket);
          finish();
        });
        socket.write(bytes);
      });
    },

    /** A request without a body, whose target and headers are sent as they are. */
    get(target: string, headers = `Host: ${host}\r\n`, method = 'GET'): Promise<Answer> {
      return this.send(`${method} ${target} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);
    },

    /** The head of a request that a page of the book may send, without what ends it. */
    postHead(path: string, origin = url): string {
      const type = 'Content-Type: application/json';
      return `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n${type}\r\nConnection: close\r\n`;
    },

    post(path: string, body: string | Buffer, headers = ''): Promise<Answer> {
      const head = `${this.postHead(path)}${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
      return this.send(Buffer.concat([Buffer.from(head), Buffer.from(body)]));
    },

    /** Starts a run as a page does. */
    async start(): Promise<{ id: string; events: string }> {
      const response = await fetch(`${url}/api/runs`, {
        method: 'POST',
        headers: { Origin: url, 'Content-Type': 'application/json' },
        body: '{"scenario": "order"}',
      });
      return (await response.json()) as { id: string; events: string };
    },

    /** Opens a connection and sends the beginning of something. */
    begin(bytes: string): Socket {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      socket.on('error', () => {});
      sockets.add(socket);
      return socket;
    },
  };
}

export type AttackedBook = Awaited<ReturnType<typeof openAttackedBook>>;

/** One that is closed with the test. */
export async function attackedBook(
  ...options: Parameters<typeof openAttackedBook>
): Promise<AttackedBook> {
  const book = await openAttackedBook(...options);
  onTestFinished(() => book.close());
  return book;
}
