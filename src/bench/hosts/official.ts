/** Workflows that host a stream of the official package. */
import { WorkflowStream } from '@temporalio/workflow-streams/workflow';
import { workflowsOf } from './workflows.js';

export const { hosting, finishing } = workflowsOf(() => new WorkflowStream());
