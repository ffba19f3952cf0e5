import { proxyActivities } from '@temporalio/workflow';
import { WorkflowStream } from 'streambook/workflow';
import type * as activities from './activities.js';
import { type PipelineInput, STAGE_MS, STAGES, type StageEvent } from './events.js';

/** How much longer than planned an attempt at a stage may take before another one is made, in milliseconds. */
const SLACK = 5_000;

// #region pipeline-workflow
/**
 * Takes a file through all stages, one after the other, and tells its stream about each.
 *
 * @returns how many stages there were
 */
export async function pipelineWorkflow(input: PipelineInput = {}): Promise<number> {
  const { stages = STAGES, pauseMs = STAGE_MS } = input;
  const stream = new WorkflowStream();
  const topic = stream.topic<StageEvent>('stage');
  const { runStage } = proxyActivities<typeof activities>({
    startToCloseTimeout: pauseMs + SLACK,
  });

  for (const stage of stages) {
    topic.publish({ kind: 'started', stage });
    await runStage(stage, pauseMs);
    topic.publish({ kind: 'finished', stage });
  }
  return stages.length;
}
// #endregion pipeline-workflow
