import type { KnobSchema } from './knobs.js';

/** What a page needs to know about a knob to draw it. */
export type KnobInfo = NumberInfo | ChoiceInfo | TextInfo;

interface KnobBase {
  label: string;
  /** Whether it may also be moved while a run goes on. */
  isLive: boolean;
}

/** A knob that is a number. */
export interface NumberInfo extends KnobBase {
  kind: 'number';
  default: number;
  min: number;
  max: number;
  step: number;
  unit?: string;
  /** What to say after the limits: what is counted, what a value means. */
  hint?: string;
}

/** A knob that has one of a few values. */
export interface ChoiceInfo extends KnobBase {
  kind: 'choice';
  default: string;
  options: ReadonlyArray<{
    value: string;
    name: string;
    /** What should be known about this value. */
    note?: string;
  }>;
}

/** A knob that is typed. */
export interface TextInfo extends KnobBase {
  kind: 'text';
  default: string;
  /** Most characters. */
  maxLength: number;
  /** Texts that need not be typed, by what the panel calls them. */
  presets: Readonly<Record<string, string>>;
}

/** What the schema of a knob says of it as JSON Schema: the limits that it checks, and what its maker has added. */
interface Property {
  type?: string;
  default: never;
  label: string;
  isLive?: boolean;
  minimum: number;
  maximum: number;
  multipleOf?: number;
  unit?: string;
  hint?: string;
  enum?: string[];
  names?: Record<string, string>;
  notes?: Record<string, string>;
  maxLength: number;
  presets?: Record<string, string>;
}

/**
 * Describes knobs by the schema that checks them, so that what a page draws and what the server takes are one.
 *
 * @returns what to draw, by name, in the schema's order
 */
export function describeKnobs(schema: KnobSchema): Readonly<Record<string, KnobInfo>> {
  const { properties = {} } = schema['~standard'].jsonSchema.input({ target: 'draft-2020-12' });
  return Object.fromEntries(
    Object.entries(properties as Record<string, Property>).map(([name, property]) => [
      name,
      describe(property),
    ]),
  );
}

function describe(property: Property): KnobInfo {
  const { label, isLive = false, default: value, unit, hint, presets = {} } = property;
  const base = { label, isLive, default: value };
  if (property.enum) {
    const { names = {}, notes = {} } = property;
    const options = property.enum.map((value) => ({
      value,
      name: names[value] ?? value,
      ...(notes[value] && { note: notes[value] }),
    }));
    return { kind: 'choice', ...base, options };
  }
  if (property.type === 'string') {
    return { kind: 'text', ...base, maxLength: property.maxLength, presets };
  }
  const { minimum: min, maximum: max, multipleOf: step = 1 } = property;
  return {
    kind: 'number',
    ...base,
    ...{ min, max, step },
    ...(unit && { unit }),
    ...(hint && { hint }),
  };
}
