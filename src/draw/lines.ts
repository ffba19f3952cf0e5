import { seriesColour } from './colours.js';
import { element, INK, type Svg, sheet, textWidth } from './svg.js';

/** What a plot is drawn from. */
export interface LinesDrawing {
  /** What the horizontal axis counts, with its unit, as `seconds`. */
  x: string;
  /** What the vertical axis counts. */
  y: string;
  series: readonly Series[];
}

/** A line of the plot. */
export interface Series {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
}

/** In pixels: as wide as a column of text. */
const WIDTH = 660;
const PLOT_HEIGHT = 290;
const LEGEND_HEIGHT = 40;
const MARGIN = 18;
/** Lines differ in more than their colour. */
const DASHES = [undefined, '7 4', '2 4', '10 3 2 3'];

/**
 * Plots numbers over numbers as lines, with both axes named and a legend above them.
 *
 * @returns an SVG of its own, for `show`
 */
export async function drawLines({ x, y, series }: LinesDrawing): Promise<string> {
  // Loaded only here: who draws a tape should not wait for a library of plots.
  const [{ line, plot, ruleY }, { parseHTML }] = await Promise.all([
    import('@observablehq/plot'),
    import('linkedom'),
  ]);
  const { document } = parseHTML('<html><body></body></html>');
  const drawn = plot({
    document,
    width: WIDTH,
    height: PLOT_HEIGHT,
    marginTop: 34,
    marginRight: MARGIN,
    marginBottom: 50,
    marginLeft: 60,
    x: { label: x, nice: true, labelAnchor: 'center', labelArrow: 'none', labelOffset: 40 },
    y: { label: y, nice: true, zero: true, grid: true, labelOffset: 60 - MARGIN },
    marks: [ruleY([0]), ...series.map(({ points }, index) => line(pairs(points), strokeOf(index)))],
  });
  // Its style sheet is for a plot that stands in a page; this one is an image.
  drawn.querySelector('style')?.remove();
  const text = { 'text-anchor': 'middle', color: INK, 'font-size': 12 };
  const frame = { transform: `translate(0,${LEGEND_HEIGHT})`, ...text };
  return sheet({ width: WIDTH, height: LEGEND_HEIGHT + PLOT_HEIGHT, ...wordsFor(x, y, series) }, [
    drawLegend(series),
    element('g', frame, [{ svg: drawn.innerHTML }]),
  ]);
}

function drawLegend(series: readonly Series[]): Svg {
  let x = MARGIN;
  const entries = series.flatMap(({ name }, index) => {
    const { stroke, strokeWidth, strokeDasharray } = strokeOf(index);
    const dashes = { 'stroke-width': strokeWidth, 'stroke-dasharray': strokeDasharray };
    const sample = { x1: x, x2: x + 26, y1: MARGIN + 6, y2: MARGIN + 6, stroke, ...dashes };
    const text = element('text', { x: x + 34, y: MARGIN + 10.5 }, [name]);
    x += 34 + textWidth(name) + 24;
    return [element('line', sample), text];
  });
  return element('g', {}, entries);
}

function strokeOf(index: number) {
  const strokeDasharray = DASHES[index % DASHES.length];
  return { stroke: seriesColour(index), strokeWidth: 2, strokeDasharray };
}

function wordsFor(x: string, y: string, series: readonly Series[]) {
  const names = series.map(({ name }) => name).join(', ');
  const sentences = series.map(({ name, points }) => {
    const values = points.map(([, value]) => value);
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) return `${name} has no points.`;
    const range = `from ${rounded(Math.min(...values))} to ${rounded(Math.max(...values))} ${y}`;
    return `${name}: ${range}, between ${rounded(first[0])} and ${rounded(last[0])} ${x}.`;
  });
  return { title: `${y} over ${x}: ${names}`, description: sentences.join(' ') };
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Plot takes arrays that it could write to. */
function pairs(points: Series['points']): [number, number][] {
  return points.map(([x, y]) => [x, y]);
}
