/** Something that the book can use, and whether it is there. */
export interface Need {
  /** What it is, as "Python". */
  name: string;
  /** Version and place when it is there; why not, when it is not. */
  found: boolean;
  detail: string;
  /** The one command that gets it, or the page that tells how; only read when it is missing. */
  remedy: string;
  /** The first command that does not work without it. */
  neededFor: string;
}

/** The command whose needs decide whether the doctor is content. */
const ESSENTIAL = 'npm start';

/**
 * The doctor's report: a line for each need, with the command that mends a missing one.
 *
 * @param needs - in the order in which they are shown
 */
export function renderReport(needs: readonly Need[]): string {
  const width = Math.max(...needs.map(({ name }) => name.length));
  return needs.map((need) => renderNeed(need, width)).join('\n');
}

function renderNeed({ name, found, detail, remedy, neededFor }: Need, width: number): string {
  const state = found ? 'ok     ' : 'missing';
  const line = `${state}  ${name.padEnd(width)}  ${detail}`;
  if (found) return line;
  const advice = remedy.startsWith('https:') ? `see ${remedy}` : `run: ${remedy}`;
  return `${line}; for ${neededFor}, ${advice}`;
}

/** Whether the book can be started: everything that is missing is missing for something else. */
export function canStart(needs: readonly Need[]): boolean {
  return needs.every(({ found, neededFor }) => found || neededFor !== ESSENTIAL);
}
