/** What came out of one kind of checks. */
export interface KindResult {
  kind: string;
  passed: number;
  failed: number;
  skipped: number;
  /** How long it took; the sum over its files where they ran side by side. */
  seconds: number;
  /** What the reader must be told beside the numbers: why it failed as a whole, or was skipped. */
  notes: string[];
}

/** All kinds together. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Makes a kind that ran nothing a failure. A test that is not run cannot fail, so an empty run
 * looks like a good one: a wrong glob, a renamed folder, a filter left in.
 *
 * @param result - as it came out
 * @param everythingMustRun - whether skipping a whole kind is a failure too, as in CI
 */
export function judge(result: KindResult, everythingMustRun: boolean): KindResult {
  const { passed, failed, skipped, kind, notes } = result;
  if (passed + failed > 0) return result;
  if (skipped > 0 && !everythingMustRun) return result;
  const why = skipped > 0 ? 'all of its tests were skipped' : 'it has no tests';
  return { ...result, failed: 1, notes: [...notes, `${kind} ran nothing: ${why}`] };
}

/** Sums over all kinds. */
export function totals(results: readonly KindResult[]): Totals {
  const sum = (count: (result: KindResult) => number) =>
    results.reduce((total, result) => total + count(result), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    skipped: sum(({ skipped }) => skipped),
  };
}

/**
 * The end of a run: a table with a line for each kind, the notes, and one plain line last.
 *
 * @param results - judged, in the order in which they are shown
 */
export function renderSummary(results: readonly KindResult[]): string {
  const header = ['kind', 'passed', 'failed', 'skipped', 'seconds'];
  const rows = results.map(({ kind, passed, failed, skipped, seconds }) => [
    kind,
    String(passed),
    String(failed),
    String(skipped),
    seconds.toFixed(1),
  ]);
  const notes = results.flatMap((result) => result.notes);
  const { passed, failed, skipped } = totals(results);
  return [
    ...table([header, ...rows]),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ].join('\n');
}

/** Words to the left, numbers to the right. */
function table(rows: readonly string[][]): string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  '),
  );
}
