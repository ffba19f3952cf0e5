import type { Command, RecordingBlock } from '../chapter/chapter.js';

/** A block of code in the Markdown of a notebook. */
export function fenced(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}

/** A command with what it prints: a notebook shows it, and the reader types it elsewhere. */
export function commandMarkdown({ code, output }: Command): string {
  const shown = output === undefined ? '' : `\n\n${fenced('text', output.pattern)}`;
  return `In a terminal:\n\n${fenced('sh', code)}${shown}`;
}

/** What stands in the place of a recording, which a notebook cannot replay: the reader runs the real thing. */
export function recordingMarkdown({ form }: Pick<RecordingBlock, 'form'>): string {
  const what = form === 'tape' ? 'replays a recorded run' : 'draws who told whom in a recorded run';
  return `*(The page of this chapter ${what} here.)*`;
}
