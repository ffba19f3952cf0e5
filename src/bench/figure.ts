import { type Figure, readResults } from './results.js';

/**
 * A committed figure.
 *
 * @param id - its path, as `latency/25/ours/p99`
 * @throws Error when nothing was measured under that id, with the ids nearby
 *
 * @example
 * console.log(describeFigure(figure('latency/25/ours/p99')));
 */
export function figure(id: string): Figure {
  const { figures } = readResults();
  const found = Object.hasOwn(figures, id) ? figures[id] : undefined;
  if (found) return found;
  const start = id.split('/').slice(0, -1).join('/');
  const nearby = Object.keys(figures).filter((other) => other.startsWith(start));
  throw new Error(
    `Nothing was measured as "${id}".` +
      (nearby.length > 0 ? ` There are: ${nearby.slice(0, 8).join(', ')}.` : ''),
  );
}
