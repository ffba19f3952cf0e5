import { Refusal } from './refusal.js';

/** A knob: what a panel calls it, and the values it may have, the default first. */
export interface Knob {
  label: string;
  values: readonly string[];
}

/** The knobs of a scenario, by name. */
export type KnobChoices = Readonly<Record<string, Knob>>;

/** A value for each knob of a scenario. */
export type Knobs<K extends KnobChoices = KnobChoices> = {
  readonly [Name in keyof K]: K[Name]['values'][number];
};

/**
 * Checks the knobs that a browser sent. This is all of a run that comes from outside, and each value is one that
 * the scenario itself listed.
 *
 * @param choices - what the scenario allows
 * @param sent - what the browser sent, of any shape
 * @returns a value for every knob, the default where none was sent
 * @throws Refusal `BadKnob` for a knob or a value that the scenario does not have
 */
export function readKnobs<K extends KnobChoices>(choices: K, sent: unknown): Knobs<K> {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    throw new Refusal(400, 'BadKnob', 'The knobs must be an object of names and values.');
  }
  const values = new Map(Object.entries(sent));
  const knobs = Object.entries(choices).map(([name, { values: allowed }]) => {
    const value: unknown = values.has(name) ? values.get(name) : allowed[0];
    values.delete(name);
    if (typeof value !== 'string' || !allowed.includes(value)) {
      throw new Refusal(400, 'BadKnob', `The knob ${name} must be one of: ${allowed.join(', ')}.`);
    }
    return [name, value] as const;
  });
  if (values.size > 0) {
    const names = Object.keys(choices).join(', ') || 'none';
    throw new Refusal(400, 'BadKnob', `This scenario's knobs are: ${names}.`);
  }
  return Object.fromEntries(knobs) as Knobs<K>;
}

/** The milliseconds in a value such as `1.5 s`, which is how a panel names a time. */
export function millisecondsOf(value: `${number} s`): number {
  return Number.parseFloat(value) * 1_000;
}
