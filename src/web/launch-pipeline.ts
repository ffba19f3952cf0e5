import { z } from 'zod';
import { inMilliseconds, seconds } from './knob-kinds.js';
import { type Connection, launcherOf } from './launch.js';
import type { Launcher } from './runs.js';

/** Offers the scenario `pipeline`: six stages, slow enough to leave and come back, or quick. */
export function pipelineLauncher(connection: () => Connection | undefined): Launcher {
  return launcherOf(
    {
      topics: ['stage', 'progress'],
      knobs: z.strictObject({
        // Six times the longest pause is a minute, half of what a run may take.
        pause: seconds({ label: 'each stage takes', min: 0, max: 10, default: 1.7 }),
      }),
      async start(client, id, { pause }) {
        // Not at the top: it brings the drivers of two databases, and the first page would wait for them.
        const { startPipeline } = await import('streambook/pipeline');
        return startPipeline(client, id, { pauseMs: inMilliseconds(pause) });
      },
      told: (stages) => `${stages} stages`,
    },
    connection,
  );
}
