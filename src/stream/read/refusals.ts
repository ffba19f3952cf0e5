/** What a reader is told that cannot have what it asks for, on a subscription of its own or a relay's. */
import { StreamError } from '../errors.js';
import type { Item } from '../log.js';
import { isOffset } from '../wire.js';
import type { Gap } from './cursor.js';

/** @throws StreamError `InvalidOffset` for where no subscription can start */
export function checkStart(from: number): void {
  if (isOffset(from)) return;
  const message = `A subscription starts at a whole number of 0 or more, not at ${from}.`;
  throw new StreamError('InvalidOffset', message);
}

/** For who wants no gap. */
export function gapError({ from, to }: Gap): StreamError {
  return new StreamError(
    'Gap',
    `Offsets ${from} to ${to - 1} were truncated before this subscription read them. ` +
      `Subscribe from ${to} to go on without them.`,
  );
}

/** For an item that this client's converter cannot read. */
export function undecodable(
  { topic, offset }: Pick<Item, 'topic' | 'offset'>,
  cause: unknown,
): StreamError {
  const message =
    `The item at offset ${offset} on "${topic}" cannot be decoded. ` +
    `Subscribe from ${offset + 1} to go on without it.`;
  return new StreamError('Undecodable', message, { cause });
}
