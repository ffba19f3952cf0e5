import { millisecondsOf } from './knobs.js';
import { type Connection, launcherOf } from './launch.js';
import type { Launcher } from './runs.js';

/** Offers the scenario `pipeline`: six stages, slow enough to leave and come back, or quick. */
export function pipelineLauncher(connection: () => Connection | undefined): Launcher {
  return launcherOf(
    {
      topics: ['stage', 'progress'],
      knobs: { pause: { label: 'each stage takes', values: ['1.7 s', '0.4 s'] } },
      async start(client, id, { pause }) {
        // Not at the top: it brings the drivers of two databases, and the first page would wait for them.
        const { startPipeline } = await import('streambook/pipeline');
        return startPipeline(client, id, { pauseMs: millisecondsOf(pause) });
      },
      told: (stages) => `${stages} stages`,
    },
    connection,
  );
}
