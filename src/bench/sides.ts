/** The sides of the comparison, by name. */

/** Which workflow code a side runs on; each has a worker process of its own. */
export type HostName = 'ours' | 'official' | 'bare';

/** What is compared. */
export const SIDES = {
  ours: { host: 'ours', about: 'this book’s package with its defaults' },
  'ours-tuned': { host: 'ours', about: 'this book’s package, waiting by update' },
  'ours-apart': {
    host: 'ours',
    about: 'this book’s package, each reader as in a process of its own',
  },
  official: { host: 'official', about: 'the official package with its defaults' },
  'official-tuned': { host: 'official', about: 'the official package without its cooldown' },
  'bare-query': { host: 'bare', about: 'a signal, and a query after a long poll of the history' },
  'bare-update': { host: 'bare', about: 'a signal, and an update that waits in the workflow' },
  relay: { host: 'ours', about: 'one subscription of this book’s package for all readers' },
} as const satisfies Record<string, { host: HostName; about: string }>;

export type SideName = keyof typeof SIDES;

/** True for the name of a side. */
export function isSide(name: string): name is SideName {
  return Object.hasOwn(SIDES, name);
}

export const sideNames = Object.keys(SIDES).filter(isSide);
