/** What a terminal shows of a watch, line by line. */
import type { Account } from './account.js';
import type { Volume } from './events.js';
import type { RunSummary } from './runs.js';
import type { Watch } from './watch.js';

/** `volume 2 begins at offset 31, because of its history`. */
export function describeVolume({ volume, because }: Volume, offset: number): string {
  const reason = because === 'asked' ? ', as it was asked to' : `, because of its ${because}`;
  return `volume ${volume} begins at offset ${offset}${because ? reason : ''}`;
}

/** `attached   93 items, 0 missing, 0 repeated`. */
export function describeAccount(name: string, { items, missing, repeated }: Account): string {
  return `${name.padEnd(10)} ${items} items, ${missing} missing, ${repeated} repeated`;
}

/** What has come of a watch. */
export function describeWatch({ volumes, next, published, readers }: Watch): string[] {
  const readings = Object.values(published).reduce((sum, count) => sum + count, 0);
  return [
    `published  ${next} items: ${readings} readings, ${next - readings} beginnings of a volume`,
    ...Object.entries(readers).map(([name, account]) => describeAccount(name, account)),
    `in ${volumes} volumes`,
  ];
}

/** The runs as a table, a line each. */
export function runsTable(runs: readonly RunSummary[]): string {
  const line = (...cells: (string | number)[]): string =>
    cells.map((cell, column) => String(cell).padStart(column === 0 ? 6 : 16)).join('');
  return [
    line('volume', 'events', 'bytes carried', 'tasks repeated'),
    ...runs.map(({ eventTimes, carriedBytes, repeatedTasks }, index) =>
      line(index + 1, eventTimes.length, carriedBytes, repeatedTasks.length),
    ),
  ].join('\n');
}
