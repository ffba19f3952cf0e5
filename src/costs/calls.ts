/** Counts what clients ask of the server: signals, queries, updates and long polls. */
import { Client, type ConnectionLike } from '@temporalio/client';

// #region calls
/** How many calls of each kind have been made. */
export interface Calls {
  /** An Action of Temporal Cloud each, as are the next two. */
  signals: number;
  queries: number;
  updates: number;
  /** Of the history, to wait for news; no Action. */
  longPolls: number;
  /** All others. */
  others: number;
}

const KINDS: Readonly<Record<string, keyof Calls>> = {
  signalWorkflowExecution: 'signals',
  queryWorkflow: 'queries',
  updateWorkflowExecution: 'updates',
  getWorkflowExecutionHistory: 'longPolls',
};

/** A second client on the connection of the first, of which every call is counted. */
export function countCalls(client: Client): { client: Client; calls: Calls } {
  const calls: Calls = { signals: 0, queries: 0, updates: 0, longPolls: 0, others: 0 };
  const count = (method: string): void => {
    calls[KINDS[method] ?? 'others']++;
  };
  const { connection, options } = client;
  const { namespace, dataConverter } = options;
  const counted = new Client({ connection: counting(connection, count), namespace, dataConverter });
  return { client: counted, calls };
}
// #endregion calls

/** The same connection, but `count` hears of each call of the service. */
function counting(connection: ConnectionLike, count: (method: string) => void): ConnectionLike {
  const workflowService = spied(connection.workflowService, count);
  return new Proxy(connection, {
    get(target, name) {
      if (name === 'workflowService') return workflowService;
      return bound(target, name);
    },
  });
}

function spied<T extends object>(service: T, onCall: (method: string) => void): T {
  return new Proxy(service, {
    get(target, name) {
      const method = bound(target, name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => {
        onCall(String(name));
        return method(...args);
      };
    },
  });
}

/** What an object has under that name; a method keeps its object. */
function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name, target);
  return typeof value === 'function' ? value.bind(target) : value;
}
