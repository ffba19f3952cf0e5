import { PIPELINE_TOPICS, startPipeline } from 'streambook/pipeline';
import { millisecondsOf } from './knobs.js';
import { type Connection, launcherOf } from './launch.js';
import type { Launcher } from './runs.js';

/** Offers the scenario `pipeline`: six stages, slow enough to leave and come back, or quick. */
export function pipelineLauncher(connection: () => Connection | undefined): Launcher {
  return launcherOf(
    {
      topics: PIPELINE_TOPICS,
      knobs: { pause: { label: 'each stage takes', values: ['1.7 s', '0.4 s'] } },
      start: (client, id, { pause }) =>
        startPipeline(client, id, { pauseMs: millisecondsOf(pause) }),
      told: (stages) => `${stages} stages`,
    },
    connection,
  );
}
