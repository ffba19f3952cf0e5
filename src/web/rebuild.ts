import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';

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
  const stops = paths.flatMap((path) => {
    try {
      return [watchPath(path, onChange, onError)];
    } catch (error) {
      onError(error);
      return [];
    }
  });

  return () => {
    clearTimeout(settling);
    for (const stop of stops) stop();
  };
}

type Stop = () => void;

function watchPath(path: string, onChange: () => void, onError: (error: unknown) => void): Stop {
  if (statSync(path).isDirectory()) return watchTree(path, onChange, onError);
  // Many editors save by renaming a new file over the old one, and a watcher of the file stays with the old one.
  const name = basename(path);
  const watcher = watch(dirname(path), (_event, changed) => {
    if (changed === name) onChange();
  });
  watcher.on('error', onError);
  return () => watcher.close();
}

/**
 * Watches a folder and all that are in it, each by itself: on Linux, Node 20's recursive watcher holds on to the files
 * that it has seen, and loses one that was renamed over.
 */
function watchTree(root: string, onChange: () => void, onError: (error: unknown) => void): Stop {
  const watchers = new Map<string, FSWatcher>();

  function changed(): void {
    try {
      watchFolders();
    } catch {
      // The folder is being moved or deleted; whoever builds tells what is missing.
    }
    onChange();
  }

  function watchFolders(): void {
    const folders = new Set(foldersIn(root));
    for (const folder of folders) {
      if (!watchers.has(folder)) watchers.set(folder, watch(folder, changed).on('error', onError));
    }
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
  }

  watchFolders();
  return () => {
    for (const watcher of watchers.values()) watcher.close();
  };
}

function foldersIn(root: string): string[] {
  const entries = readdirSync(root, { withFileTypes: true, recursive: true });
  const inner = entries.filter((entry) => entry.isDirectory());
  return [root, ...inner.map((entry) => join(entry.parentPath, entry.name))];
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
