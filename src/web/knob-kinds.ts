import { z } from 'zod';

/** Of a scenario that has none. */
export const NO_KNOBS = z.strictObject({});

/** A number with limits. */
export interface NumberKnob {
  label: string;
  min: number;
  max: number;
  default: number;
  unit?: string;
  /** What to say after the limits: what is counted, what a value means. */
  hint?: string;
  /** Whether it may also be moved while a run goes on. @defaultValue false */
  isLive?: boolean;
}

/** A knob that counts something. */
export function count({ min, max, default: value, ...shown }: NumberKnob) {
  return z
    .int()
    .min(min)
    .max(max)
    .default(value)
    .meta({ ...shown });
}

/** A knob that is a time in seconds, to a tenth, which is as exact as anybody sees. */
export function seconds({ min, max, default: value, ...shown }: NumberKnob) {
  const time = z.number().min(min).max(max).multipleOf(0.1).default(value);
  return time.meta({ unit: 's', ...shown });
}

/** A knob that has one of a few values. */
export interface ChoiceKnob {
  label: string;
  /** What a panel calls a value. @defaultValue the value itself */
  names?: Record<string, string>;
  /** What should be known about a value. */
  notes?: Record<string, string>;
}

/** A knob that has one of a few values. @param values - the default first */
export function choice<const V extends string>(
  values: readonly [V, ...V[]],
  { label, names, notes }: ChoiceKnob,
) {
  return z
    .enum(values)
    .default(values[0] as never)
    .meta({ label, names, notes });
}

/** A text that is typed. */
export interface TextKnob {
  label: string;
  /** Most characters. */
  max: number;
  default: string;
  /** Texts that need not be typed, by what the panel calls them. */
  presets: Record<string, string>;
}

/** A knob that is typed; blanks around it do not count. */
export function text({ label, max, default: value, presets }: TextKnob) {
  return z.string().trim().min(1).max(max).default(value).meta({ label, presets });
}

/** Seconds as a knob has them, in whole milliseconds. */
export function inMilliseconds(seconds: number): number {
  return Math.round(seconds * 1_000);
}
