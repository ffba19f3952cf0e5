import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Recording, recordingOf, recordingText } from '../../draw/recording.js';
import { writeWhole } from '../../lab/write.js';
import type { Book } from '../book.js';
import { type Chapter, recordingBlocks } from '../chapter/chapter.js';
import { CONFIG_FILE } from '../config.js';
import { runCommand } from '../doctest/command.js';
import { BookError, type Problem } from '../problem.js';

/** A run takes as long as its story, and what it needs must be started first. */
const RECORDING_TIMEOUT_MS = 180_000;

/** Path of a recording, relative to the root. */
export function recordingFile(name: string): string {
  return `chapters/recordings/${name}.json`;
}

/** Names of the recordings that chapters show, each once. */
export function shownRecordings(chapters: readonly Chapter[]): string[] {
  return [...new Set(chapters.flatMap(recordingBlocks).map(({ name }) => name))];
}

/**
 * Reads a recording.
 *
 * @throws Error saying what is wrong, when there is none or it is not sound
 */
export function readRecording(root: string, name: string): Recording {
  return recordingOf(JSON.parse(readFileSync(join(root, recordingFile(name)), 'utf8')));
}

/** Recordings that cannot be shown, are shown by a chapter of another number, or are shown by none. */
export function recordingProblems({ root, config, chapters }: Book): Problem[] {
  const known = Object.keys(config.recordings ?? {});
  const shown = shownRecordings(chapters);
  const problems = chapters.flatMap((chapter) => placeProblems(root, chapter, known));
  const unused = known
    .filter((name) => !shown.includes(name))
    .map((name): Problem => {
      const hint = `Write \`<!-- recording ${name} -->\` into a chapter, or delete the recording.`;
      return { file: CONFIG_FILE, line: 1, message: `no chapter shows recording "${name}"`, hint };
    });
  return [...problems, ...unused];
}

function placeProblems(root: string, chapter: Chapter, known: readonly string[]): Problem[] {
  const { file, slug } = chapter;
  const [number = ''] = slug.split('-');
  return recordingBlocks(chapter).flatMap(({ name, line }): Problem[] => {
    // A name that the configuration does not know is reported where the chapter is read.
    if (!known.includes(name)) return [];
    if (!name.startsWith(`${number}-`)) {
      const hint = `The recordings of this chapter are named ${number}-…`;
      return [{ file, line, message: `the recording \`${name}\` is of another chapter`, hint }];
    }
    if (!existsSync(join(root, recordingFile(name)))) {
      const hint = '`npm run record` records what is missing.';
      return [{ file, line, message: `there is no ${recordingFile(name)}`, hint }];
    }
    try {
      readRecording(root, name);
      return [];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const hint = '`npm run record -- --recordings` records anew.';
      return [{ file, line, message: `${recordingFile(name)} is no recording: ${reason}`, hint }];
    }
  });
}

/**
 * Runs the commands that record what chapters show: those whose files are missing, or all of them.
 * A new run is never quite the same, so a recording that is there stays until it is asked for.
 *
 * @param keeps - tells whether a file stays as it is
 * @returns a line for each file that was written
 * @throws BookError when a command fails, or prints no sound recording
 */
export async function writeRecordings(
  { root, config }: Book,
  chapters: readonly Chapter[],
  keeps: (path: string) => boolean,
): Promise<string[]> {
  const changes: string[] = [];
  for (const name of shownRecordings(chapters)) {
    const command = config.recordings?.[name];
    const file = recordingFile(name);
    if (command === undefined || keeps(join(root, file))) continue;
    const text = await recordedBy(root, command);
    if (writeWhole(join(root, file), text)) changes.push(`${file}: recorded`);
  }
  return changes;
}

async function recordedBy(root: string, command: string): Promise<string> {
  const { stdout, stderr, exitCode } = await runCommand(root, command, RECORDING_TIMEOUT_MS);
  try {
    if (exitCode !== 0)
      throw new Error(stderr.trim() || `it ended with ${exitCode ?? 'a timeout'}`);
    return recordingText(recordingOf(JSON.parse(stdout)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `nothing was recorded by \`${command}\`\n${reason}`;
    throw new BookError([{ file: CONFIG_FILE, line: 1, message }]);
  }
}
