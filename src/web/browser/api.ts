import type { Health, Knobs, RunInfo } from './wire.js';

/** Asks whether these pages are served live; `undefined` when they are a static copy. */
export async function readHealth(): Promise<Health | undefined> {
  // A page opened from disk has nobody to ask, and asking would put an error in the console.
  if (!location.protocol.startsWith('http')) return undefined;
  return await readJson<Health>('/api/health').catch(() => undefined);
}

/**
 * Starts a run.
 *
 * @throws Error with the server's sentence when it refuses
 */
export async function startRun(scenario: string, knobs: Knobs): Promise<RunInfo> {
  return await postJson<RunInfo>('/api/runs', { scenario, knobs });
}

/** Does something to a run. @throws Error with the server's sentence when it refuses */
export async function act(id: string, action: string, text: string): Promise<void> {
  const path = `/api/runs/${encodeURIComponent(id)}/actions/${encodeURIComponent(action)}`;
  await postJson(path, { text });
}

/**
 * Moves knobs of a run that goes on. @returns all of them as they are in force then
 *
 * @throws Error with the server's sentence when it refuses
 */
export async function moveKnobs(id: string, moved: Knobs): Promise<Knobs> {
  const path = `/api/runs/${encodeURIComponent(id)}/knobs`;
  return (await postJson<RunInfo>(path, { knobs: moved })).knobs;
}

/**
 * Ends the worker of a scenario as a crash would. @returns its process id
 *
 * @throws Error with the server's sentence when it refuses
 */
export async function killWorker(scenario: string): Promise<number> {
  const path = `/api/workers/${encodeURIComponent(scenario)}/kill`;
  return (await postJson<{ pid: number }>(path, {})).pid;
}

/** Between two questions to a book that is starting, in milliseconds. */
const STARTING_MS = 1_000;

/**
 * Finds a run that was started earlier, once the live book can tell.
 *
 * @returns `undefined` when the live book does not know it any more
 */
export async function findRun(id: string): Promise<RunInfo | undefined> {
  for (;;) {
    const response = await fetch(`/api/runs/${encodeURIComponent(id)}`);
    if (response.status !== 503) return response.ok ? await response.json() : undefined;
    await new Promise((resolve) => setTimeout(resolve, STARTING_MS));
  }
}

async function postJson<T>(path: string, sent: unknown): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(sent),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error?.message ?? 'The live book has refused this.');
  return body;
}

async function readJson<T>(path: string): Promise<T | undefined> {
  const response = await fetch(path);
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json');
  return response.ok && isJson ? await response.json() : undefined;
}
