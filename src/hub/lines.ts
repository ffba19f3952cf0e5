import type { WorkflowStreamItem } from 'streambook/client';
import type { Audit } from './audit.js';
import type { Headline } from './events.js';
import type { Brake, FloodResult } from './flood.js';

/** One line for a terminal: offset, agency, the agency's own number, and the news. */
export function describeHeadline({ offset, data }: WorkflowStreamItem<Headline>): string {
  const { agency, number, text } = data;
  return `${String(offset).padStart(3)}  ${agency.padEnd(8)}${String(number).padStart(4)}  ${text}`;
}

/** What came of it all, in one line. */
export function describeAudit({ published, received, missing, doubled }: Audit): string {
  const lost = missing.length > 0 ? `missing: ${missing.join(', ')}` : 'none is missing';
  const twice = doubled.length > 0 ? `twice: ${doubled.join(', ')}` : 'none came twice';
  return `published ${published}, received ${received}; ${lost}, ${twice}`;
}

const BRAKES: Record<Brake, string> = {
  none: 'no brake',
  maxBuffered: 'maxBuffered',
  ready: 'await ready',
};

/** What became of a flood, in one line, and why it was refused in a second one. */
export function describeFlood(brake: Brake, result: FloodResult): string {
  const { published, mostWaiting, signals, refusal } = result;
  const line =
    `${BRAKES[brake].padEnd(11)}  ${String(published).padStart(4)} published, ` +
    `at most ${mostWaiting} of them in memory, ${signals} ${signals === 1 ? 'signal' : 'signals'}`;
  return refusal ? `${line}\n             ${refusal}` : line;
}
