/** Colours of topics, in the order in which they are given out: the page's `--topic-1` and so on. */
const TOPICS = ['#1d6482', '#47702a', '#8a5a00', '#7a3b69', '#4a4f9b', '#67625a'] as const;

/** Topics that have the same colour in every drawing, as in the live book. */
const KNOWN: Record<string, string> = { status: TOPICS[0], progress: TOPICS[1] };

/** Colours of readers, and of the lines of a plot. */
const SERIES = ['#7a3b69', '#1d6482', '#8a5a00', '#47702a', '#4a4f9b'] as const;

/**
 * Gives each topic its colour: the known ones theirs, the others what is left, in order of appearance.
 *
 * @param topics - may repeat
 */
export function topicColours(topics: readonly string[]): Map<string, string> {
  const names = [...new Set(topics)];
  const taken = new Set(names.flatMap((name) => KNOWN[name] ?? []));
  const free = TOPICS.filter((colour) => !taken.has(colour));
  let given = 0;
  return new Map(
    names.map((name) => [name, KNOWN[name] ?? free[given++ % free.length] ?? TOPICS[0]]),
  );
}

/** Colour of the reader or line with an index; they repeat when there are many. */
export function seriesColour(index: number): string {
  return SERIES[index % SERIES.length] ?? SERIES[0];
}
