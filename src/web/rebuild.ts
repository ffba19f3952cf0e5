import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Options of {@link rebuildOnSave}. */
export interface RebuildOptions {
  /** Files and folders to watch, absolute. Folders are watched with all that is in them. */
  paths: readonly string[];
  /** Builds the book; never rejects. */
  build(): Promise<void>;
  /** Told when a path cannot be watched. */
  onError(error: unknown): void;
  /** A save is often several writes; wait this many milliseconds for the last. @defaultValue 40 */
  settleMs?: number;
}

/**
 * Builds again after a save.
 *
 * @returns a function that stops watching
 */
export function rebuildOnSave(options: RebuildOptions): () => void {
  const { paths, build, onError, settleMs = 40 } = options;
  const rebuild = oneAtATime(build);
  let settling: NodeJS.Timeout | undefined;

  const onChange = () => {
    clearTimeout(settling);
    settling = setTimeout(rebuild, settleMs);
  };
  const watchers = paths.flatMap((path): FSWatcher[] => {
    try {
      return [watchPath(path, onChange).on('error', onError)];
    } catch (error) {
      onError(error);
      return [];
    }
  });

  return () => {
    clearTimeout(settling);
    for (const watcher of watchers) watcher.close();
  };
}

function watchPath(path: string, onChange: () => void): FSWatcher {
  if (statSync(path).isDirectory()) return watch(path, { recursive: true }, onChange);
  // Many editors save by renaming a new file over the old one, and a watcher of the file stays with the old one.
  const name = basename(path);
  return watch(dirname(path), (_event, changed) => {
    if (changed === name) onChange();
  });
}

/**
 * Wraps a task so that two never overlap: whoever asks while it runs gets one more run afterwards, however often they
 * ask. Two builds at once would write the same files.
 *
 * @param task - must not reject
 */
export function oneAtATime(task: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  return async function ask() {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      await task();
    }
    running = false;
  };
}
