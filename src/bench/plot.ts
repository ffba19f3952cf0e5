/** Figures as lines: what a side makes of more readers, a longer interval, a bigger item. */
import { drawLines, type Series } from 'streambook/draw';
import { pointsOf } from './points.js';
import { type Figures, readResults } from './results.js';
import type { SideName } from './sides.js';

/** A plot: figures whose ids have a number at the place of `{x}`. */
interface Plot {
  /** Ids of the figures, with `{x}` and `{side}`. */
  id: string;
  /** What the number counts. */
  x: string;
  /** What the value is. */
  y: string;
  sides: readonly SideName[];
}

const PACKAGES: readonly SideName[] = ['ours', 'official'];
const ALL: readonly SideName[] = [
  'ours',
  'ours-tuned',
  'ours-apart',
  'official',
  'official-tuned',
  'bare-query',
  'bare-update',
];

/** Every plot, by its name. */
export const PLOTS = {
  latency: { id: 'latency/{x}/{side}/p50', x: 'readers', y: 'ms, p50', sides: ALL },
  'latency-p99': { id: 'latency/{x}/{side}/p99', x: 'readers', y: 'ms, p99', sides: ALL },
  history: {
    id: 'history/{x}/{side}/events-per-batch',
    x: 'readers',
    y: 'events for each batch',
    sides: PACKAGES,
  },
  'interval-latency': {
    id: 'interval/{x}/{side}/p50',
    x: 'batch interval, ms',
    y: 'ms, p50',
    sides: PACKAGES,
  },
  'interval-events': {
    id: 'interval/{x}/{side}/events',
    x: 'batch interval, ms',
    y: 'events for 1,000 items',
    sides: PACKAGES,
  },
  payload: {
    id: 'payload/{x}/{side}/p50',
    x: 'bytes of an item',
    y: 'ms, p50',
    sides: PACKAGES,
  },
} as const satisfies Record<string, Plot>;

export type PlotName = keyof typeof PLOTS;

/** True for the name of a plot. */
export function isPlot(name: string): name is PlotName {
  return Object.hasOwn(PLOTS, name);
}

export const plotNames = Object.keys(PLOTS).filter(isPlot);

/**
 * Draws committed figures. A figure that failed is no point.
 *
 * @param name - `latency`, `latency-p99`, `history`, `interval-latency`, `interval-events`, `payload`
 * @returns an SVG, for `show`
 * @throws Error when there is nothing to draw
 */
export async function benchPlot(name: PlotName): Promise<string> {
  const drawn = await plotOf(readResults().figures, name);
  if (drawn === undefined) throw new Error(`Nothing was measured that "${name}" could show.`);
  return drawn;
}

/** Draws figures; returns `undefined` when there are none for this plot. */
export async function plotOf(figures: Figures, name: PlotName): Promise<string | undefined> {
  const series = seriesOf(figures, PLOTS[name]);
  const { x, y } = PLOTS[name];
  return series.length === 0 ? undefined : drawLines({ x, y, series });
}

/** The points of a plot, a series for each side that has any. */
export function seriesOf(figures: Figures, { id, sides }: Plot): Series[] {
  const points = pointsOf(figures, id);
  return sides.flatMap((name) => {
    const found = points.get(name);
    return found ? [{ name, points: found }] : [];
  });
}
