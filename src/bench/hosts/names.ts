/** Names that the bench's workflows and their clients share. */

/** The one topic of a bench. */
export const TOPIC = 'bench';

/** Lets a workflow that waits for it go on. */
export const GO_SIGNAL = 'go';

/** The bare workflow's: appends values. */
export const APPEND_SIGNAL = 'append';
/** The bare workflow's: returns the values from an offset on. */
export const READ_QUERY = 'read';
/** The bare workflow's: waits until there are values from an offset on, and returns them. */
export const POLL_UPDATE = 'poll';
/** The bare workflow's: how many values there are. */
export const LENGTH_QUERY = 'length';
