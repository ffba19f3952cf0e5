import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { buildBook } from '../../src/book/build.ts';
import { typesOf } from '../../src/book/types/cache.ts';
import { inClone } from '../../src/lab/clone.ts';
import { secureAnswers } from '../../src/web/security.ts';
import { servePages } from '../../src/web/static.ts';

/** This book, built and served as any static host would, but under the strict policy of the live one. */
export interface StaticBook {
  /** Where its pages are on disk. */
  folder: string;
  /** Where they are served, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** A build that finds all types takes a quarter of a minute, on a busy machine a minute or more; in milliseconds. */
export const BUILD_TIMEOUT = 180_000;

/**
 * Builds this book into a folder of its own.
 *
 * @param types - whether its code shows types, which takes most of the time
 */
export async function openStaticBook({ types = true } = {}): Promise<StaticBook> {
  const folder = mkdtempSync(join(tmpdir(), 'book-'));
  await buildBook(inClone(), folder, types ? { typesOf } : {});
  const app = new Hono().use(secureAnswers(folder)).use(servePages(folder));
  return await new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
      resolve({
        folder,
        url: `http://127.0.0.1:${port}`,
        close: async () => {
          await new Promise((closed) => server.close(closed));
          rmSync(folder, { recursive: true });
        },
      });
    });
  });
}
