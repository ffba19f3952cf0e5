import { serveStatic } from '@hono/node-server/serve-static';
import type { MiddlewareHandler } from 'hono';

/**
 * Serves the built pages.
 *
 * Hono's own handler refuses `..`, `\`, doubled slashes and percent signs, so a path cannot leave the folder; this
 * adds that names with a leading dot are not pages, whatever a tool has left in the folder.
 *
 * @param directory - absolute path of the built book
 */
export function servePages(directory: string): MiddlewareHandler {
  const serve = serveStatic({ root: directory });
  return async (c, next) => {
    if (c.req.path.includes('/.')) return await next();
    // Not `no-store`: the browser may keep a page for its back button, but asks first, as a rebuild may have changed it.
    c.header('Cache-Control', 'no-cache');
    return await serve(c, next);
  };
}
