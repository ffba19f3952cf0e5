import { Refusal } from './refusal.js';

/** The knobs of a scenario: for each name the values it may have, the default first. */
export type KnobChoices = Readonly<Record<string, readonly string[]>>;

/** A value for each knob of a scenario. */
export type Knobs = Readonly<Record<string, string>>;

/**
 * Checks the knobs that a browser sent. This is all of a run that comes from outside, and each value is one that
 * the scenario itself listed.
 *
 * @param choices - what the scenario allows
 * @param sent - what the browser sent, of any shape
 * @returns a value for every knob, the default where none was sent
 * @throws Refusal `BadKnob` for a knob or a value that the scenario does not have
 */
export function readKnobs(choices: KnobChoices, sent: unknown): Knobs {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    throw new Refusal(400, 'BadKnob', 'The knobs must be an object of names and values.');
  }
  const values = new Map(Object.entries(sent));
  const knobs = Object.entries(choices).map(([name, allowed]) => {
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
  return Object.fromEntries(knobs);
}
