/** What there is to measure, and how it is measured in turns. */
import type { Progress } from '../lab/progress.js';
import type { Plan } from './plan.js';
import type { Figures } from './results.js';
import type { SideName } from './sides.js';
import type { Stage } from './stage.js';
import { type Outcome, summarised } from './statistics.js';

/** Values by the ids of their figures, in which `{side}` stands for the side. */
export type Sample = Record<string, number>;

/** One comparison: the same done by several sides in turn. */
export interface Comparison {
  /** What is done, for the person who waits, as `25 readers`. */
  name: string;
  sides: readonly SideName[];
  /** Units by the ids of the figures, as `{ 'latency/25/{side}/p99': 'ms' }`. */
  units: Readonly<Record<string, string>>;
  /** What one turn takes, in seconds, on a machine with nothing else to do. */
  seconds: number;
  /** @defaultValue those of the plan */
  rounds?: number;
  /** One turn of one side. What it throws is the reason why its figures failed. */
  turn(stage: Stage, side: SideName, round: number): Promise<Sample>;
}

/** One of the things that can be asked for on the command line. */
export interface Measure {
  name: string;
  about: string;
  /** First words of the ids of its figures. */
  topics: readonly string[];
  /** What has to happen once before any measure that needs it. */
  prepare?: (stage: Stage) => Promise<void>;
  comparisons(plan: Plan): Comparison[];
}

/** A list with another one first in each round, so that no side is always the one that comes after another. */
export function rotated<T>(list: readonly T[], round: number): T[] {
  const first = list.length === 0 ? 0 : round % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}

/**
 * Gives every side its turns: A B C, B C A, C A B. What changes on the machine meanwhile meets all.
 *
 * @param tell - receives a line for each round
 * @throws the reason when the bench was stopped
 */
export async function compare(
  comparison: Comparison,
  stage: Stage,
  { rounds: planned }: Plan,
  tell: (round: number, rounds: number) => void,
): Promise<Figures> {
  const { sides, units, turn, rounds = planned } = comparison;
  const outcomes = new Map<string, Outcome[]>();
  const failed = new Set<SideName>();
  for (let round = 0; round < rounds; round++) {
    tell(round, rounds);
    for (const side of rotated(sides, round)) {
      stage.signal.throwIfAborted();
      // Its figures have failed, and finding that out takes longer than anything else.
      if (failed.has(side)) continue;
      const sample = await turn(stage, side, round).catch((error: unknown) => failure(error));
      if (sample instanceof Failure) failed.add(side);
      for (const id of Object.keys(units)) {
        const outcome = sample instanceof Failure ? { failed: sample.reason } : sample[id];
        const sofar = outcomes.get(figureId(id, side)) ?? [];
        sofar.push(outcome ?? { failed: 'it gave no value' });
        outcomes.set(figureId(id, side), sofar);
      }
    }
  }
  stage.signal.throwIfAborted();
  return Object.fromEntries(
    sides.flatMap((side) =>
      Object.entries(units).map(([id, unit]) => {
        const name = figureId(id, side);
        return [name, summarised(outcomes.get(name) ?? [], unit)];
      }),
    ),
  );
}

/** The id of a side's figure. */
export function figureId(id: string, side: SideName): string {
  return id.replace('{side}', side);
}

class Failure {
  constructor(readonly reason: string) {}
}

/** Enough for what the server says, and for a cell of a table. */
const REASON_CHARS = 160;

/** The innermost cause says what happened; errors of gRPC have it in their details. */
function failure(error: unknown): Failure {
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  const { details, message } = cause as { details?: string; message?: string };
  const reason = details || message || String(cause);
  return new Failure(reason.replace(/\s+/g, ' ').slice(0, REASON_CHARS));
}

/** Runs measures one after another and tells how long it will still take. */
export async function runMeasures(
  measures: readonly Measure[],
  stage: Stage,
  plan: Plan,
  onProgress: Progress,
): Promise<Figures> {
  const planned = measures.flatMap((measure) =>
    measure.comparisons(plan).map((comparison) => ({ measure, comparison })),
  );
  const secondsOf = ({ sides, seconds, rounds = plan.rounds }: Comparison) =>
    sides.length * seconds * rounds;
  let left = planned.reduce((sum, { comparison }) => sum + secondsOf(comparison), 0);
  for (const prepare of new Set(measures.map((measure) => measure.prepare))) {
    await prepare?.(stage);
  }
  let figures: Figures = {};
  for (const { measure, comparison } of planned) {
    const name = [measure.name, comparison.name].filter(Boolean).join(', ');
    figures = {
      ...figures,
      ...(await compare(comparison, stage, plan, (round, rounds) => {
        onProgress(`${name}: round ${round + 1} of ${rounds} (about ${inMinutes(left)} left)`);
        left -= secondsOf(comparison) / rounds;
      })),
    };
  }
  return figures;
}

function inMinutes(seconds: number): string {
  return seconds < 90 ? `${Math.max(Math.round(seconds), 1)} s` : `${Math.round(seconds / 60)} min`;
}
