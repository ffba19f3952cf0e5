import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import { LabError, reasonOf } from '../errors.js';

/** A server that the environment or a profile of `temporal.toml` names. */
export interface RemoteServer {
  address: string;
  namespace: string;
  /** What names it, for the reader. */
  source: string;
  uiUrl?: string;
  /** TLS, API key, headers: everything that a connection to it takes. */
  connection: ClientConnectConfig['connectionOptions'];
}

/** What Temporal's own tools assume when a profile gives no address. */
const DEFAULT_ADDRESS = 'localhost:7233';
const DEFAULT_NAMESPACE = 'default';

/**
 * The server that the reader chose: `TEMPORAL_ADDRESS`, or a profile (the default one, or that of
 * `TEMPORAL_PROFILE`) that has an address.
 *
 * @param env - the environment to read
 * @returns `undefined` when nothing names a server, so that one may be started here
 * @throws LabError `server-config` when the profile that was asked for is not in the file, or the
 * file cannot be read
 */
export function remoteServer(env: NodeJS.ProcessEnv): RemoteServer | undefined {
  const variables = withoutEmpty(env);
  const { connectionOptions, namespace } = loadConfig(variables);
  const profile = variables.TEMPORAL_PROFILE;
  if (!connectionOptions.address && !profile) return undefined;

  const address = connectionOptions.address ?? DEFAULT_ADDRESS;
  const server: RemoteServer = {
    address,
    namespace: namespace ?? DEFAULT_NAMESPACE,
    source: variables.TEMPORAL_ADDRESS
      ? 'TEMPORAL_ADDRESS'
      : `profile "${profile ?? 'default'}" of ${variables.TEMPORAL_CONFIG_FILE ?? 'temporal.toml'}`,
    connection: { ...connectionOptions, address },
  };
  if (isCloud(address)) {
    server.uiUrl = `https://cloud.temporal.io/namespaces/${server.namespace}`;
  }
  return server;
}

function loadConfig(variables: Record<string, string>): ClientConnectConfig {
  try {
    return loadClientConnectConfig({ overrideEnvVars: variables });
  } catch (error) {
    throw new LabError(
      'server-config',
      `Temporal's configuration cannot be used: ${reasonOf(error)}.\n` +
        'Check TEMPORAL_PROFILE and the file of TEMPORAL_CONFIG_FILE (temporalio/temporal.toml in ' +
        'your configuration folder by default; it needs a [profile.default]).',
      { cause: error },
    );
  }
}

/** Addresses of Temporal Cloud: a namespace's own, and a region's for API keys. */
function isCloud(address: string): boolean {
  const host = address.split(':')[0] ?? '';
  return host.endsWith('.tmprl.cloud') || host.endsWith('.api.temporal.io');
}

/** A variable that is set to nothing is not set: `TEMPORAL_ADDRESS= npm start` turns it off. */
function withoutEmpty(env: NodeJS.ProcessEnv): Record<string, string> {
  const filled = Object.entries(env).filter((entry): entry is [string, string] => !!entry[1]);
  return Object.fromEntries(filled);
}
