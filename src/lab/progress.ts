/** Receives one line for each thing that takes long enough for a reader to wonder. */
export type Progress = (line: string) => void;

/** A wait shorter than this needs no explanation. */
const NOTICEABLE_MS = 1000;

/** The default: standard error, so that it never mixes with a cell's or a command's output. */
export const toStderr: Progress = (line) => {
  process.stderr.write(`${line}\n`);
};

/**
 * Does something, and says so only if it takes over a second: one line while it runs, and one with
 * its duration at the end.
 *
 * @param label - what is being done, as "Starting the Temporal server"
 * @param task - does it
 * @param onProgress - where the lines go
 * @returns what the task returns
 */
export async function announce<T>(
  label: string,
  task: () => Promise<T>,
  onProgress: Progress,
): Promise<T> {
  const started = Date.now();
  let announced = false;
  const timer = setTimeout(() => {
    announced = true;
    onProgress(`${label}…`);
  }, NOTICEABLE_MS);
  try {
    const result = await task();
    if (announced) onProgress(`${label}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return result;
  } finally {
    clearTimeout(timer);
  }
}
