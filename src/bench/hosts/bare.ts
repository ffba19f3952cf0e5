/** The least that a workflow needs to hand values on: Temporal's primitives, and no stream. */
import {
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  setHandler,
} from '@temporalio/workflow';
import { APPEND_SIGNAL, LENGTH_QUERY, POLL_UPDATE, READ_QUERY } from './names.js';
import { type Host, workflowsOf } from './workflows.js';

function openBare(): Host {
  const log: unknown[] = [];
  const from = (offset: number): unknown[] => log.slice(offset);
  setHandler(defineSignal<[unknown[]]>(APPEND_SIGNAL), (values) => {
    log.push(...values);
  });
  setHandler(defineQuery<number>(LENGTH_QUERY), () => log.length);
  setHandler(defineQuery<unknown[], [number]>(READ_QUERY), from);
  setHandler(defineUpdate<unknown[], [number]>(POLL_UPDATE), async (offset) => {
    await condition(() => log.length > offset);
    return from(offset);
  });
  return { topic: () => ({ publish: (value) => log.push(value) }) };
}

export const { hosting, finishing } = workflowsOf(openBare);
