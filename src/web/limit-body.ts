import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Refusal } from './refusal.js';

/** A request to start a run is a scenario's name and a few knobs. */
const MAX_BODY_BYTES = 4_096;

/** Refuses a body that is larger than any request needs, and one that breaks off. */
export function limitBody(): MiddlewareHandler {
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new Refusal(413, 'TooLarge', `A request holds ${MAX_BODY_BYTES} bytes at most.`);
    },
  });
  return async (c, next) => {
    try {
      return await limit(c, next);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      // What fails further on is answered before it comes here: this is a body of which the rest never came.
      throw new Refusal(400, 'BadRequest', 'The body was not sent to its end.');
    }
  };
}
