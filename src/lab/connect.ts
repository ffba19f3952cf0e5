import { Client, Connection } from '@temporalio/client';
import { type RemoteServer, remoteServer } from './server/remote.js';
import type { TemporalServer } from './server/types.js';

/** A server, as far as connecting to it goes. */
export type Reachable = Pick<TemporalServer, 'address' | 'namespace'>;

/**
 * How to connect to a server: with the TLS, API key and headers of the environment or profile that
 * names it, and plainly to one that runs here.
 *
 * @param server - from `openServer`
 */
export function connectionOptions(server: Reachable): RemoteServer['connection'] {
  return isRemote(server) ? remoteConnection() : { address: server.address };
}

/** Whether the environment or a profile names this server. */
export function isRemote(server: Reachable): boolean {
  return remoteServer(process.env)?.address === server.address;
}

function remoteConnection(): RemoteServer['connection'] {
  return remoteServer(process.env)?.connection ?? {};
}

/**
 * A Temporal client on a server. Close its `connection` when you are done.
 *
 * @param server - from `openServer`
 */
export async function connect(server: Reachable): Promise<Client> {
  const connection = await Connection.connect(connectionOptions(server));
  return new Client({ connection, namespace: server.namespace });
}
