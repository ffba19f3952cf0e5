import type { WorkflowStreamItem } from 'streambook/client';
import type { StageEvent, StageProgress } from './events.js';

/** An item of either topic of a pipeline's stream. */
export type PipelineEvent = WorkflowStreamItem<StageEvent | StageProgress>;

/** One line for a terminal: offset, topic and what was said. */
export function describeEvent({ topic, data, offset }: PipelineEvent): string {
  const text = 'kind' in data ? data.kind : `${data.percent} %`;
  return `${String(offset).padStart(2)}  ${topic.padEnd(8)}  ${data.stage} ${text}`;
}
