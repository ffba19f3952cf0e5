/** What happens in an imaginary town, for agencies that have to report something. */

/** The agencies of the town, in the order in which they are hired. */
const AGENCIES = [
  'north',
  'east',
  'south',
  'west',
  'harbour',
  'hill',
  'market',
  'mill',
  'river',
] as const;

/** How many agencies there are. */
export const MOST_AGENCIES = AGENCIES.length;

const STORIES = [
  'Bridge reopens, is admired, closes',
  'Council votes to vote again',
  'Rain expected; umbrellas are not',
  'Lost cat found at home',
  'Clock tower right for the second time today',
  'Traffic light turns green, witnesses say',
  'Fog lifts, view disappoints',
  'Library returns a book',
  'Baker declines to comment on bread',
  'Statue unveiled, then veiled',
  'Marathon ends early, runners sprint',
] as const;

/** How far apart in the stories two agencies begin, so that they do not report the same. */
const STRIDE = 4;

/** The first so many agencies. */
export function agencies(count: number): string[] {
  return AGENCIES.slice(0, count);
}

/** What an agency has to say in its headline of that number, from 1; the same every time. */
export function storyOf(agency: string, number: number): string {
  const place = (AGENCIES as readonly string[]).indexOf(agency) + 1;
  return STORIES[(place * STRIDE + number - 1) % STORIES.length] as string;
}
