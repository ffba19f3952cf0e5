/** What a reader does with an event here: it puts a line into the person's inbox. */
import type { Database, Query } from './database/types.js';

const TABLE = `create table if not exists inbox (
  user_id text not null,
  run_id text not null,
  at_offset bigint not null,
  line text not null
)`;

const ADD = 'insert into inbox (user_id, run_id, at_offset, line) values ($1, $2, $3, $4)';

const TIMES = `select at_offset, count(*) as times from inbox
  where user_id = $1 and run_id = $2 group by at_offset order by at_offset`;

/** A line for a person. */
export interface Line {
  user: string;
  run: string;
  offset: number;
  text: string;
}

/** Makes the table when it is not there. */
export function defineInbox(database: Database): Promise<void> {
  return database.define(TABLE);
}

/** Puts a line into the inbox. Nothing prevents that it is put there twice: that is the reader's care. */
export async function addToInbox(query: Query, { user, run, offset, text }: Line): Promise<void> {
  await query(ADD, [user, run, offset, text]);
}

/** How many lines there are for each offset. */
export async function tallyInbox(
  query: Query,
  user: string,
  run: string,
): Promise<Map<number, number>> {
  const rows = await query(TIMES, [user, run]);
  return new Map(rows.map((row) => [Number(row.at_offset), Number(row.times)]));
}

/**
 * Says in a few words whether every item arrived once.
 *
 * @param tally - from {@link tallyInbox}
 * @param length - how many items there were
 */
export function describeTally(tally: ReadonlyMap<number, number>, length: number): string {
  const offsets = Array.from({ length }, (_, offset) => offset);
  const lost = offsets.filter((offset) => !tally.has(offset));
  const doubled = offsets.filter((offset) => (tally.get(offset) ?? 0) > 1);
  if (lost.length === 0 && doubled.length === 0) return `${length} of ${length}, each exactly once`;
  const parts = [
    ...(lost.length > 0 ? [`lost: ${lost.join(', ')}`] : []),
    ...(doubled.length > 0 ? [`more than once: ${doubled.join(', ')}`] : []),
  ];
  return `${tally.size} of ${length}, ${parts.join('; ')}`;
}
