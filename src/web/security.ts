import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { STYLE_SHEET } from '../book/render/assets.js';
import { PRINT_PAGE } from '../book/render/layout.js';
import { Refusal } from './refusal.js';

/**
 * The headers every answer carries.
 *
 * The pages need nothing from elsewhere and no inline script or style, so the policy forbids both: a chapter or an
 * event that smuggles markup in cannot run it. The one exception is the book in one file, which has the style sheet of
 * all pages in it: that very text is allowed there.
 *
 * @param pagesDirectory - absolute path of the built book
 */
export function secureAnswers(pagesDirectory: string): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: [(c) => stylesOf(c.req.path, pagesDirectory)],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      fontSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    // The book is served over plain HTTP on this machine; a promise of HTTPS would lock the port for other tools.
    strictTransportSecurity: false,
  });
}

/** Where a page's styles may come from: for the page that has the style sheet in it, this text as well. */
function stylesOf(path: string, pagesDirectory: string): string {
  if (path !== `/${PRINT_PAGE}`) return "'self'";
  try {
    const style = readFileSync(join(pagesDirectory, 'assets', STYLE_SHEET));
    return `'self' 'sha256-${createHash('sha256').update(style).digest('base64')}'`;
  } catch {
    // Nothing is built yet.
    return "'self'";
  }
}

/**
 * Refuses requests that name another host.
 *
 * Listening on 127.0.0.1 does not keep other sites out: a page on evil.example can point its own name at 127.0.0.1
 * (DNS rebinding) and then read our answers as its own. The Host header still says evil.example. A request that names
 * a whole address (`GET http://evil.example/ HTTP/1.1`) means that one, whatever its Host header says.
 *
 * @param port - the port that the book listens on
 */
export function onlyThisHost(port: number): MiddlewareHandler {
  const ours = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
  return async (c, next) => {
    if (!ours.has(c.req.header('Host') ?? '') || !ours.has(new URL(c.req.url).host)) {
      throw new Refusal(
        421,
        'WrongHost',
        `The live book answers at http://127.0.0.1:${port} and http://localhost:${port} only.`,
      );
    }
    await next();
  };
}

/** What browsers say of a request that a page of ours has sent, or that somebody has typed in. */
const FROM_HERE = new Set(['same-origin', 'none']);

/**
 * Refuses what the page of another site asks of the API. It could not read the answer; but each stream that it opened
 * would be served. Programs that are no browser do not say from where they ask, and may.
 */
export const onlyThisSite: MiddlewareHandler = async (c, next) => {
  if (!FROM_HERE.has(c.req.header('Sec-Fetch-Site') ?? 'none')) {
    throw new Refusal(403, 'CrossOrigin', 'Only a page of this book may ask for this.');
  }
  await next();
};

/**
 * Refuses requests that another site's page could have sent.
 *
 * Browsers name the page's origin on every POST. Asking for JSON as well keeps plain forms out, which no browser
 * asks permission for. Runs behind {@link onlyThisHost}, so the Host header is ours.
 */
export const onlyThisOrigin: MiddlewareHandler = async (c, next) => {
  if (c.req.header('Origin') !== `http://${c.req.header('Host')}`) {
    throw new Refusal(
      403,
      'CrossOrigin',
      'Only a page of this book may start runs: the Origin header must name this address.',
    );
  }
  const mediaType = (c.req.header('Content-Type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') {
    throw new Refusal(415, 'NotJson', 'Send the request as Content-Type: application/json.');
  }
  await next();
};
