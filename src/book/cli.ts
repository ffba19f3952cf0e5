import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadBook, loadSoundBook } from './book.js';
import { hasNotebook } from './chapter/chapter.js';
import { checkBook } from './check.js';
import { loadConfig } from './config.js';
import { notebookDrift } from './notebook/drift.js';
import { writeNotebooks } from './notebook/write.js';
import { BookError, formatProblem, type Problem } from './problem.js';
import { openLabOf } from './record/lab.js';
import { copyExcerpts, recordBook } from './record/record.js';

const USAGE = `Usage: node src/dist/book/cli.js <command>

  build              write the static book to _book/
  check              find everything that is wrong without running it
  record [chapter]   run the chapters; rewrite outputs, excerpts and notebooks,
                     and draw the figures and record the runs that are missing;
                     --figures draws, --recordings records all anew
  excerpts           only copy excerpts from their sources, and write the notebooks
  notebooks          write the notebooks
  notebooks --check  only tell whether they are up to date`;

const root = process.cwd();

/** Commands by name; each returns the exit code. */
const COMMANDS: Record<string, (args: string[]) => Promise<number> | number> = {
  async build() {
    // Loaded only here: the highlighter and the bundler would cost every other command 0.15 s.
    const { buildBook } = await import('./build.js');
    const { typesOf } = await import('./types/cache.js');
    const { pages, totalMs } = await buildBook(root, join(root, '_book'), { typesOf });
    console.log(`_book/: ${pages} pages in ${Math.round(totalMs)} ms`);
    return 0;
  },

  check() {
    return tell(checkBook(root), 'The book is sound.');
  },

  async record(args) {
    const flag = { type: 'boolean', default: false } as const;
    const options = { figures: flag, recordings: flag };
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const lab = await openLabOf(root, loadConfig(root));
    try {
      Object.assign(process.env, lab.env);
      const { versions } = lab;
      const changes = await recordBook(root, positionals[0], { ...values, versions });
      console.log(changes.length === 0 ? 'Nothing has changed.' : changes.join('\n'));
      return 0;
    } finally {
      await lab.close();
    }
  },

  excerpts() {
    const changes = copyExcerpts(root);
    console.log(changes.length === 0 ? 'Nothing has changed.' : changes.join('\n'));
    return 0;
  },

  notebooks([option]) {
    if (option === '--check') {
      const { book } = loadBook(root);
      const noted = book.chapters.filter(hasNotebook);
      const drift = noted.flatMap((chapter) => notebookDrift(book, chapter));
      return tell(drift, 'The notebooks are up to date.');
    }
    const written = writeNotebooks(loadSoundBook(root));
    console.log(written.length === 0 ? 'The notebooks were up to date.' : written.join('\n'));
    return 0;
  },
};

function tell(problems: readonly Problem[], allIsWell: string): number {
  if (problems.length === 0) console.log(allIsWell);
  for (const problem of problems) console.error(formatProblem(problem));
  return problems.length === 0 ? 0 : 1;
}

/** What `parseArgs` throws for an option that it does not know. */
function isParseError(error: unknown): error is TypeError {
  return error instanceof TypeError && 'code' in error && /^ERR_PARSE_ARGS/.test(`${error.code}`);
}

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (command === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await command(args);
  } catch (error) {
    if (error instanceof BookError) process.exitCode = tell(error.problems, '');
    else if (isParseError(error)) {
      console.error(`${error.message}\n\n${USAGE}`);
      process.exitCode = 2;
    } else throw error;
  }
}
