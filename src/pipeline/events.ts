// #region events
/** Where the import stands; published by the workflow on the topic `stage`. */
export interface StageEvent {
  kind: 'started' | 'finished';
  stage: string;
}

/** How far a stage has got; published by its activity on the topic `progress`. */
export interface StageProgress {
  stage: string;
  percent: number;
}
// #endregion events

/** The topics of a pipeline's stream. */
export const PIPELINE_TOPICS = ['stage', 'progress'];

/** What happens to a file of rows that somebody has dropped into a browser window. */
export const STAGES = ['receive', 'parse', 'check', 'clean', 'match', 'store'];

/** How long one stage takes unless told otherwise, in milliseconds: six take about ten seconds. */
export const STAGE_MS = 1_700;

/** What a pipeline needs to know. */
export interface PipelineInput {
  /** Names of the stages, in their order. @defaultValue {@link STAGES} */
  stages?: string[];
  /** How long each stage takes, in milliseconds. @defaultValue {@link STAGE_MS} */
  pauseMs?: number;
}
