import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import { describeKnobs } from './knob-info.js';
import type { KnobInfo } from './knob-shape.js';
import { Refusal } from './refusal.js';

/** A value for each knob of a scenario, by the knob's name. */
export type Knobs = Readonly<Record<string, number | string>>;

/**
 * Checks the knobs of a scenario, fills in their defaults, and describes them: the schema of an object, of any library
 * that follows https://standardschema.dev in both parts, Standard Schema and Standard JSON Schema.
 */
export interface KnobSchema<K extends Knobs = Knobs> {
  readonly '~standard': StandardSchemaV1.Props<unknown, K> & StandardJSONSchemaV1.Props<unknown, K>;
}

/**
 * Checks the knobs that a browser sent. This is all of a run that comes from outside.
 *
 * @param schema - what the scenario allows
 * @param sent - what the browser sent, of any shape
 * @returns a value for every knob, the default where none was sent
 * @throws Refusal `BadKnob` for a knob that the scenario does not have, or a value beyond its limits
 * @throws TypeError when the schema is asynchronous: nothing here is worth a wait before a run is counted
 */
export function readKnobs<K extends Knobs>(schema: KnobSchema<K>, sent: unknown): K {
  const result = schema['~standard'].validate(sent);
  if (result instanceof Promise) {
    throw new TypeError('Knobs need a schema that answers at once; this one is asynchronous.');
  }
  if (!result.issues) return result.value;
  throw new Refusal(400, 'BadKnob', whatIsWrong(describeKnobs(schema), sent, result.issues));
}

/**
 * Checks the knobs that are to move while a run goes on.
 *
 * @param current - what is in force
 * @param sent - what the browser sent, of any shape
 * @returns those that were sent, checked together with all that stay as they are
 * @throws Refusal `BadKnob` as {@link readKnobs} does, and for a knob that stays as it is during a run
 */
export function readMoves(schema: KnobSchema, current: Knobs, sent: unknown): Knobs {
  const moved = typeof sent === 'object' && sent !== null ? Object.keys(sent) : [];
  const live = Object.entries(describeKnobs(schema)).filter(([, { isLive }]) => isLive);
  const names = live.map(([name]) => name);
  if (moved.length === 0 || moved.some((name) => !names.includes(name))) {
    const those = names.join(', ') || 'none';
    throw new Refusal(400, 'BadKnob', `The knobs that move while this scenario runs: ${those}.`);
  }
  const checked = readKnobs(schema, { ...current, ...(sent as object) });
  return Object.fromEntries(moved.map((name) => [name, checked[name] as number | string]));
}

/** Names the first knob that is wrong, and its limits. */
function whatIsWrong(
  knobs: Readonly<Record<string, KnobInfo>>,
  sent: unknown,
  [issue]: readonly StandardSchemaV1.Issue[],
): string {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    return 'The knobs must be an object of names and values.';
  }
  const first = issue?.path?.[0];
  const name = String(typeof first === 'object' ? first.key : first);
  const knob = Object.hasOwn(knobs, name) ? knobs[name] : undefined;
  if (knob) return `The knob ${name} must be ${limitsOf(knob)}.`;
  return `This scenario's knobs are: ${Object.keys(knobs).join(', ') || 'none'}.`;
}

/** What a knob may be, in words that go after "must be". */
function limitsOf(knob: KnobInfo): string {
  if (knob.kind === 'choice') return `one of: ${knob.options.map(({ value }) => value).join(', ')}`;
  if (knob.kind === 'text') return `a text of 1 to ${knob.maxLength} characters`;
  const { min, max, step, unit } = knob;
  const range = `from ${min} to ${max}${unit ? ` ${unit}` : ''}`;
  return step === 1 ? `a whole number ${range}` : `a number ${range}, in steps of ${step}`;
}
