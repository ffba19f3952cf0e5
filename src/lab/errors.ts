/** What went wrong, for a program; the message is for the person. */
export type LabErrorType =
  | 'server-config'
  | 'server-not-found'
  | 'server-not-answering'
  | 'server-not-started'
  | 'server-data-taken'
  | 'child-failed'
  | 'unknown-scenario'
  | 'usage'
  | 'tool-not-installed';

/** An error of the lab: the message says what happened, why, and what to do now. */
export class LabError extends Error {
  override readonly name = 'LabError';

  constructor(
    readonly type: LabErrorType,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The message of anything that was thrown, on one line, so that it fits in a list.
 *
 * @param error - whatever a `catch` received
 */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\s+/g, ' ').trim();
}
