/**
 * What the browser remembers of a reader, and nobody else: the theme, and what has been read. A browser
 * may forbid it or lose it; then the book is as at the first visit.
 */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(keyOf(name)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a value, or forgets it. */
export function remember(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(keyOf(name));
    else localStorage.setItem(keyOf(name), value);
  } catch {
    // A private window without storage: nothing to be done, and nothing that must be.
  }
}

function keyOf(name: string): string {
  return `book:${name}`;
}
