import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Why a request was refused; stable names that a script can switch on. */
export type RefusalType =
  | 'WrongHost'
  | 'CrossOrigin'
  | 'NotJson'
  | 'TooLarge'
  | 'BadRequest'
  | 'UnknownScenario'
  | 'BadKnob'
  | 'UnknownReader'
  | 'UnknownRun'
  | 'TooManyRuns'
  | 'TooManyStreams'
  | 'NoWorker'
  | 'UnknownAction'
  | 'BadText'
  | 'RunEnded'
  | 'TooManyActions'
  | 'NotReady'
  | 'NotFound';

/**
 * A request that the live book will not serve, with the HTTP status and the sentence to answer.
 *
 * The message goes to the browser as it is, so it says what to do and never quotes an internal error.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /**
   * @param status - HTTP status to answer, a 4xx or a 503
   * @param type - stable name of the reason
   * @param message - what is wrong and what to do, for the person who sent the request
   */
  constructor(
    readonly status: ContentfulStatusCode,
    readonly type: RefusalType,
    message: string,
  ) {
    super(message);
  }
}
