/** What may stand between a browser and the book: a proxy that buffers and compresses, and a line that breaks. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

/** Stands between a browser and a book that is opened after it. */
export interface Between {
  port: number;
  /** Says where the book is. */
  leadsTo(url: string): void;
  close(): void;
}

/** A proxy as nginx is by default: an answer is passed on when there is all of it, compressed. */
export interface BufferingProxy extends Between {
  /** Paths of the answers that it has held back until they were whole. */
  held: string[];
  /** Paths of the answers that it has compressed. */
  compressed: string[];
}

/**
 * Opens one. It does neither with an answer that forbids it: `X-Accel-Buffering: no` is how nginx and those that took
 * after it are told not to buffer, `Cache-Control: no-transform` forbids every proxy to compress (RFC 9111, 5.2.2.6).
 */
export async function openBufferingProxy(): Promise<BufferingProxy> {
  let target = '';
  const held: string[] = [];
  const compressed: string[] = [];

  async function pass(path: string, from: IncomingMessage, to: ServerResponse): Promise<void> {
    const { 'x-accel-buffering': buffering, ...headers } = from.headers;
    const mayBuffer = buffering !== 'no';
    const mayCompress = !headers['cache-control']?.includes('no-transform');
    if (!mayBuffer && !mayCompress) {
      to.writeHead(from.statusCode ?? 502, headers);
      from.pipe(to);
      return;
    }
    if (mayBuffer) held.push(path);
    if (mayCompress) compressed.push(path);
    const whole = await buffer(from);
    delete headers['transfer-encoding'];
    const body = mayCompress ? gzipSync(whole) : whole;
    const encoding = mayCompress && { 'content-encoding': 'gzip' };
    to.writeHead(from.statusCode ?? 502, {
      ...headers,
      ...encoding,
      'content-length': body.length,
    });
    to.end(body);
  }

  const server = createServer((incoming, answer) => {
    const { method, headers, url: path = '/' } = incoming;
    const asked = request(`${target}${path}`, { method, headers }, (from) => {
      pass(path, from, answer).catch(() => answer.destroy());
    });
    asked.on('error', () => answer.destroy());
    answer.on('close', () => asked.destroy());
    incoming.pipe(asked);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    held,
    compressed,
    leadsTo(url) {
      target = url;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A line that can be made to break. */
export interface BreakingLine extends Between {
  /** Cuts connections from now on: each after so many more bytes of answers, until there are no numbers left. */
  cutAfter(bytes: readonly number[]): void;
  /** How many it has cut since then. */
  cuts(): number;
}

export async function openBreakingLine(): Promise<BreakingLine> {
  let target = { hostname: '', port: 0 };
  let left: number[] = [];
  let cuts = 0;
  let isArmed = false;
  const sockets = new Set<Socket>();
  const server = createTcpServer((browser) => {
    const book = connect(target.port, target.hostname);
    let budget: number | undefined;
    for (const socket of [browser, book]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        browser.destroy();
        book.destroy();
      });
    }
    browser.pipe(book);
    book.on('data', (piece) => {
      if (isArmed) budget ??= left.shift();
      if (budget === undefined) return void browser.write(piece);
      const passed = piece.subarray(0, budget);
      budget -= passed.length;
      // Sent before the end, or the browser would not see what arrived before it.
      browser.write(passed, () => {
        if (budget !== 0) return;
        cuts++;
        budget = undefined;
        browser.resetAndDestroy();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    leadsTo(url) {
      const { hostname, port } = new URL(url);
      target = { hostname, port: Number(port) };
    },
    cutAfter(bytes) {
      left = [...bytes];
      cuts = 0;
      isArmed = true;
    },
    cuts: () => cuts,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
