/** Figures over a number in their ids: by readers, by bytes, by an interval. */
import { type Figures, isMeasured } from './results.js';
import { isSide, type SideName } from './sides.js';
import { growth, spread } from './statistics.js';

/** The points of one side, by rising x. */
export type Points = [x: number, y: number][];

/**
 * Collects figures whose ids differ in a number and in the side.
 *
 * @param id - with `{x}` at the place of the number and `{side}` at that of the side
 */
export function pointsOf(figures: Figures, id: string): Map<SideName, Points> {
  const pattern = new RegExp(`^${id.replace('{x}', '(\\d+)').replace('{side}', '([a-z-]+)')}$`);
  const points = new Map<SideName, Points>();
  for (const [name, figure] of Object.entries(figures)) {
    const [, x, side = ''] = name.match(pattern) ?? [];
    if (x === undefined || !isSide(side) || !isMeasured(figure)) continue;
    points.set(side, [...(points.get(side) ?? []), [Number(x), figure.value]]);
  }
  for (const each of points.values()) each.sort(([a], [b]) => a - b);
  return points;
}

/** What grows with what: the ids of the figures, by the name of the growth. */
const GROWTHS = {
  'growth/readers/{side}/p50': 'latency/{x}/{side}/p50',
  'growth/readers/{side}/events-per-batch': 'history/{x}/{side}/events-per-batch',
  'growth/readers/{side}/worker': 'cpu/{x}/{side}/worker',
  'growth/items/{side}/catch-up': 'catch-up/{x}/{side}/ms',
  'growth/payload/{side}/p50': 'payload/{x}/{side}/p50',
  'growth/payload/{side}/bytes-per-batch': 'payload/{x}/{side}/bytes-per-batch',
} as const;

/** By which factor figures change when readers, items or bytes double. */
export function growthsOf(figures: Figures): Figures {
  return Object.fromEntries(
    Object.entries(GROWTHS).flatMap(([id, source]) =>
      [...pointsOf(figures, source)].flatMap(([side, points]) => {
        const isEnough = points.length > 1 && points.every(([x, y]) => x > 0 && y > 0);
        if (!isEnough) return [];
        const factor = growth(points);
        const figure = spread(factor, factor, factor, '×', points.length);
        return [[id.replace('{side}', side), figure]];
      }),
    ),
  );
}
