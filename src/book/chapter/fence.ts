/**
 * What a fenced block is for, as its info string declares it.
 *
 * | info string | role |
 * |---|---|
 * | `ts file=src/tally.ts#add` | excerpt of a tested source file |
 * | `ts run` | cell, executed in the chapter's scope |
 * | `ts throws=TypeError` | cell that must fail that way |
 * | `ts check=02.1` | cell that poses an exercise: tells when it is done |
 * | `ts exercise=02.1` | cell to fill in: what the reader starts with |
 * | `ts solution=02.1` | cell that does the exercise |
 * | `ts answer` | cell that shows the answer of a quiz |
 * | `text output` | what the cell or command above prints |
 * | `text output vary=numbers` | the same, where the numbers are those of one run |
 * | `sh run` | command that the reader types |
 * | `text`, `json`, `sh` | listing that is only read |
 */
export type Fence =
  | { role: 'excerpt'; file: string; region: string | undefined }
  | { role: 'cell'; throws: string | undefined }
  | { role: 'exercise'; part: ExercisePart; id: string }
  | { role: 'answer' }
  | { role: 'command' }
  | { role: 'output'; vary: Vary | undefined }
  | { role: 'listing'; language: ListingLanguage };

/** Languages whose fences may stand without a role. TypeScript is not one: none of it is outside a test. */
export const LISTING_LANGUAGES = ['text', 'json', 'sh'] as const;
export type ListingLanguage = (typeof LISTING_LANGUAGES)[number];

/**
 * Something in an output that is worth showing and differs from run to run. `numbers` are durations,
 * counts and sizes: the chapter shows those of the run that was recorded.
 */
export type Vary = 'numbers';

/** The three cells of an exercise, in the order in which they stand. */
export const EXERCISE_PARTS = ['check', 'exercise', 'solution'] as const;
export type ExercisePart = (typeof EXERCISE_PARTS)[number];

/** An info string that declares no role: what is wrong with it and what would be right. */
export interface FenceMistake {
  message: string;
  hint: string;
}

/**
 * Reads the info string of a fence.
 *
 * @param info - all that stands behind the opening backticks
 * @returns the role, or the mistake that hides it
 */
export function parseFence(info: string): Fence | FenceMistake {
  const [language = '', ...flags] = info.trim().split(/\s+/);
  if (language === 'ts') return parseTypeScript(flags);
  if (!isListingLanguage(language)) {
    return {
      message: language === '' ? 'a fence without a language' : `unknown language \`${language}\``,
      hint: 'Languages of this book: ts, text, json, sh.',
    };
  }
  const [flag, ...more] = flags;
  if (flag === undefined) return { role: 'listing', language };
  if (language === 'text' && flag === 'output') return parseOutput(more);
  if (more.length > 0) return unknownFlag(language, more.join(' '));
  if (language === 'sh' && flag === 'run') return { role: 'command' };
  return unknownFlag(language, flag);
}

/** Tells a mistake from a role. */
export function isMistake(fence: Fence | FenceMistake): fence is FenceMistake {
  return 'message' in fence;
}

function parseTypeScript(flags: readonly string[]): Fence | FenceMistake {
  const [flag, ...more] = flags;
  if (flag === undefined) {
    return { message: 'a `ts` fence without a role', hint: HINTS.ts };
  }
  if (more.length > 0) return unknownFlag('ts', more.join(' '));
  if (flag === 'run') return { role: 'cell', throws: undefined };
  if (flag === 'answer') return { role: 'answer' };
  const [key = '', value = ''] = flag.split(/=(.*)/);
  if (value === '') return unknownFlag('ts', flag);
  if (key === 'throws') return { role: 'cell', throws: value };
  if (isExercisePart(key)) return { role: 'exercise', part: key, id: value };
  if (key !== 'file') return unknownFlag('ts', flag);
  const [file = '', region] = value.split('#');
  return { role: 'excerpt', file, region };
}

function parseOutput([vary, ...more]: readonly string[]): Fence | FenceMistake {
  if (vary === undefined) return { role: 'output', vary: undefined };
  if (vary === 'vary=numbers' && more.length === 0) return { role: 'output', vary: 'numbers' };
  return unknownFlag('text', [vary, ...more].join(' '));
}

function unknownFlag(language: 'ts' | ListingLanguage, flag: string): FenceMistake {
  return { message: `unknown flag \`${flag}\` on a \`${language}\` fence`, hint: HINTS[language] };
}

function isExercisePart(key: string): key is ExercisePart {
  return EXERCISE_PARTS.some((part) => part === key);
}

function isListingLanguage(language: string): language is ListingLanguage {
  return LISTING_LANGUAGES.some((known) => known === language);
}

const HINTS = {
  ts: 'Write `ts run`, `ts throws=Name`, `ts file=path#region`, `ts answer` in the answer of a quiz, or `ts check=02.1`, `ts exercise=02.1` and `ts solution=02.1` for an exercise.',
  text: 'Write `text output` or `text output vary=numbers` for what the block above prints, or `text` alone.',
  json: 'Write `json` alone.',
  sh: 'Write `sh run` for a command that the reader types, or `sh` alone.',
} as const;
