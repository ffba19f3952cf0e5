import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { vi } from 'vitest';

/** Makes waiting take no time in a test. Vitest leaves `node:timers/promises` as it is. */
export function useFakeTime(): void {
  vi.useFakeTimers();
  vi.spyOn(timers, 'setTimeout').mockImplementation(
    <T>(ms?: number, value?: T) =>
      new Promise<T>((resolve) => setTimeout(() => resolve(value as T), ms)),
  );
  syncBuiltinESMExports();
}

/** Undoes {@link useFakeTime}. */
export function useRealTime(): void {
  vi.useRealTimers();
  vi.restoreAllMocks();
  syncBuiltinESMExports();
}
