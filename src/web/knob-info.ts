import type { KnobInfo } from './knob-shape.js';
import type { KnobSchema } from './knobs.js';

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
