import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { build as bundle } from 'esbuild';
import { createBuilder } from '../book/build.js';
import { BookError, formatProblem, type Problem } from '../book/problem.js';
import { compiled } from '../lab/clone.js';
import { writeWhole } from '../lab/write.js';
import type { Live } from './live.js';
import { rebuildOnSave } from './rebuild.js';
import { createLateTypes } from './types.js';

/** What a page is made from: its text, its looks, and the sources of which it shows excerpts. */
const SOURCES = [
  'book.config.json',
  'chapters',
  'src/book/render/assets',
  'src/costs',
  'src/dist/web/browser',
  'src/endings',
  'src/gateway',
  'src/hub',
  'src/llm',
  'src/order',
  'src/pipeline',
  'src/rollover',
  'src/stream',
  'src/ticker',
  'src/web/browser/panel.css',
];

/** The pages of a live book. */
export interface Pages {
  /**
   * Builds them, and tells `live`, so that open pages reload or show what is wrong. A build that fails leaves the
   * pages as they were. A book that is not finished is built and says so. Why goes to the terminal.
   *
   * @returns how long it took, in milliseconds; `undefined` when it failed
   */
  build(): Promise<number | undefined>;
  /**
   * Finds the types of the names in the code, and builds the pages again if there are any that they lacked. Pages that
   * are open stay as they are: it is not worth a reload while somebody reads.
   */
  findTypes(): Promise<void>;
  /** Builds them again after each save. @returns a function that stops watching */
  watch(): () => Promise<void>;
}

/**
 * Prepares to build the pages.
 *
 * @param root - the folder that holds `book.config.json`
 * @param directory - where the pages go
 * @param live - told of each build
 * @param onLine - told what an author should know, for the terminal
 * @param pageScripts - of the scripts in `web/browser`, those that every page loads
 */
export function createPages(
  root: string,
  directory: string,
  live: Live,
  onLine: (line: string) => void,
  pageScripts: readonly string[] = ['panel.js'],
): Pages {
  const types = createLateTypes(root);
  const builder = createBuilder(root, directory, {
    scripts: pageScripts,
    typesOf: types.typesOf,
    isDraft: true,
  });
  const assets = join(directory, 'assets');

  async function build(): Promise<number | undefined> {
    const begin = performance.now();
    try {
      const { unfinished } = await builder.build();
      // Only the live book has panels to draw, so only its pages come with what draws them.
      const styles = await readFile(join(root, 'src/web/browser/panel.css'), 'utf8');
      writeWhole(join(assets, 'panel.css'), styles);
      await bundleScripts(pageScripts, assets);
      for (const problem of unfinished) onLine(formatProblem(problem));
      live.update({ build: String(Date.now()), problem: told(unfinished) });
      return Math.round(performance.now() - begin);
    } catch (error) {
      // An author's mistake is told with its place; anything else is ours, and its stack says where.
      const isMistake = error instanceof BookError;
      onLine(isMistake ? error.message : inspect(error));
      live.update({ problem: told(isMistake ? error.problems : []) ?? 'the terminal says why' });
      return undefined;
    }
  }

  async function rebuild(): Promise<void> {
    const tookMs = await build();
    if (tookMs === undefined) return;
    onLine(`Built again in ${tookMs} ms`);
    void findTypes();
  }

  async function findTypes(): Promise<void> {
    if (await types.find()) await builder.build();
  }

  return {
    build,
    findTypes,
    watch() {
      const stopWatching = rebuildOnSave({
        paths: SOURCES.map((path) => join(root, path)),
        build: rebuild,
        onError: (error) => onLine(`Not watched for saves: ${(error as Error).message}`),
      });
      return async () => {
        stopWatching();
        await types.stop();
      };
    },
  };
}

/**
 * Puts each script in one file with all that it imports: over a slow line, each step from import to import is a wait.
 * The file is never there by half: a page that loaded it then would stay dead, and never hear of a later build.
 */
async function bundleScripts(names: readonly string[], assets: string): Promise<void> {
  const { outputFiles } = await bundle({
    entryPoints: names.map((name) => compiled('web', 'browser', name)),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    outdir: assets,
    write: false,
    logLevel: 'silent',
    // The one of the whole project is for Node.
    tsconfigRaw: {},
  });
  for (const { path, text } of outputFiles) writeWhole(path, text);
}

/** What a page has room for: the first of all problems. */
function told([first]: readonly Problem[]): string | undefined {
  return first && formatProblem(first);
}
