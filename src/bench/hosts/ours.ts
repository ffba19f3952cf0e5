/** Workflows that host a stream of this book. */
import { WorkflowStream } from 'streambook/workflow';
import { workflowsOf } from './workflows.js';

export const { hosting, finishing } = workflowsOf(() => new WorkflowStream());
