/** Disturbs the calls of one connection: above the SDK's own retries, as a failure that outlasts them. */
import type { ConnectionLike } from '@temporalio/client';

/** The calls by which a reader of either package learns anything. */
export const READING = [
  'describeWorkflowExecution',
  'getWorkflowExecutionHistory',
  'pollWorkflowExecutionUpdate',
  'queryWorkflow',
  'updateWorkflowExecution',
] as const;
type Method = (typeof READING)[number];

/** The calls in which a reader waits for news: the official one's and ours. */
export const WAITING = ['getWorkflowExecutionHistory', 'pollWorkflowExecutionUpdate'] as const;

type Call = (...args: unknown[]) => Promise<unknown>;

/**
 * A connection that shares the wire of another, so that it can be disturbed and cut off alone. (Closing
 * one for real makes the SDK throw out of the timer of any call that it is about to repeat.)
 *
 * @returns the connection, and what fails every call from then on
 */
export function branchOf(trunk: ConnectionLike): { connection: ConnectionLike; cut: () => void } {
  const workflowService = Object.create(trunk.workflowService);
  const connection: ConnectionLike = Object.create(trunk, {
    workflowService: { value: workflowService },
  });
  const cut = () =>
    around(connection, READING, () => Promise.reject(new Error('The test is over.')));
  return { connection, cut };
}

function around(
  { workflowService }: ConnectionLike,
  methods: readonly Method[],
  wrap: (call: () => Promise<unknown>, method: Method) => Promise<unknown>,
): void {
  const service = workflowService as unknown as Record<Method, Call>;
  for (const method of methods) {
    const call = service[method].bind(workflowService);
    service[method] = (...args) => wrap(() => call(...args), method);
  }
}

/** Counts the calls from now on. */
export function countCalls(connection: ConnectionLike, methods: readonly Method[]): () => number {
  let count = 0;
  around(connection, methods, (call) => {
    count++;
    return call();
  });
  return () => count;
}

/** Makes the next call of each of the methods fail as one whose time has run out. */
export function timeOutOnce(connection: ConnectionLike, methods: readonly Method[]): void {
  const armed = new Set(methods);
  around(connection, methods, async (call, method) => {
    if (!armed.delete(method)) return call();
    throw Object.assign(new Error('4 DEADLINE_EXCEEDED'), {
      code: 4,
      details: 'Deadline exceeded',
      metadata: { get: () => [] },
    });
  });
}

/**
 * Holds back the answer of the first call from now on, be it good or bad.
 *
 * @returns lets it through
 */
export function holdOnce(connection: ConnectionLike, methods: readonly Method[]): () => void {
  let release = (): void => {};
  let held = false;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  around(connection, methods, async (call) => {
    if (held) return call();
    held = true;
    const answer = call();
    await Promise.allSettled([answer, released]);
    return answer;
  });
  return release;
}
