import { Client, type ConnectionLike } from '@temporalio/client';

/** A client that counts, and what it has counted: calls to the server, by their names. */
export interface CountingClient {
  client: Client;
  calls: Record<string, number>;
}

/**
 * Makes a client on the connection of another one that counts its calls to the server.
 *
 * @param other - keeps the connection, and closes it
 */
export function countCalls(other: Client): CountingClient {
  const calls: Record<string, number> = {};
  const workflowService = new Proxy(other.connection.workflowService, {
    get(service, name) {
      const member: unknown = Reflect.get(service, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        calls[String(name)] = (calls[String(name)] ?? 0) + 1;
        return member.apply(service, args);
      };
    },
  });
  const connection = new Proxy<ConnectionLike>(other.connection, {
    get(target, name) {
      if (name === 'workflowService') return workflowService;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  const { namespace } = other.options;
  return { client: new Client({ connection, namespace }), calls };
}
