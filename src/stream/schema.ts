/** Checking a topic's values by any schema library that follows https://standardschema.dev. */
import type { StandardSchemaV1 } from '@standard-schema/spec';

/** How a topic is made. */
export interface TopicOptions<T> {
  /**
   * Checks every value that is published or received, and may leave fields out or fill them in.
   * It has to answer at once: an asynchronous schema is refused.
   */
  schema?: StandardSchemaV1<T, T>;
}

/**
 * Returns what the schema makes of a value, or says what is wrong with it.
 *
 * @throws TypeError when the schema is asynchronous
 */
export function check<T>(
  schema: StandardSchemaV1<T, T>,
  value: unknown,
): { value: T } | { problem: string } {
  const result = schema['~standard'].validate(value);
  if ('then' in result) {
    throw new TypeError('A topic needs a schema that answers at once; this one is asynchronous.');
  }
  if (!result.issues) return { value: result.value };
  const problems = result.issues.map(({ message, path = [] }) => {
    const place = path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return place ? `${place}: ${message}` : message;
  });
  return { problem: problems.join('; ') };
}

/** One handle for each topic name, and at most one schema. */
export class Topics<H extends { readonly schema?: unknown }> {
  private readonly handles = new Map<string, H>();

  /**
   * @param name - the topic
   * @param schema - the schema it must have; without, any will do
   * @param make - makes the handle when the name is new
   * @throws TypeError when the topic has another schema already
   */
  get(name: string, schema: unknown, make: () => H): H {
    const known = this.handles.get(name);
    if (known && schema !== undefined && schema !== known.schema) {
      throw new TypeError(`Topic "${name}" was made with another schema, or with none, before.`);
    }
    const handle = known ?? make();
    this.handles.set(name, handle);
    return handle;
  }
}
