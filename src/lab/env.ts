import { inClone } from './clone.js';

/** Variables that any program may need to find its files, its language, and the network. */
const COMMON = new Set([
  'PATH',
  'PATHEXT',
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'SYSTEMROOT',
  'COMSPEC',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'TZ',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'XDG_CACHE_HOME',
  'XDG_CONFIG_HOME',
]);

/** How the children of a process reach the server that it uses. */
export interface ServerForChildren {
  address: string;
  namespace: string;
  /** The environment or a profile names this server, with TLS or an API key perhaps. */
  remote: boolean;
}

/**
 * The environment of a child process: what every program needs, how to reach the Temporal server,
 * and the few secrets that it was promised. Everything else stays here, so that a key meant for one
 * scenario is never in the memory, the logs or the crash report of another.
 *
 * @param env - the environment of this process
 * @param allowed - names of further variables that the child may see
 * @param server - the server that the child connects to; without it, the child gets none
 */
export function childEnv(
  env: NodeJS.ProcessEnv,
  allowed: readonly string[] = [],
  server?: ServerForChildren,
): NodeJS.ProcessEnv {
  const child: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(env)) {
    // Windows spells its own variables in any case, as in `Path`.
    const upper = name.toUpperCase();
    const wanted =
      COMMON.has(upper) ||
      upper.startsWith('LC_') ||
      allowed.includes(name) ||
      (server?.remote === true && upper.startsWith('TEMPORAL_'));
    if (wanted) child[name] = value;
  }
  if (!server) return child;
  child.TEMPORAL_ADDRESS = server.address;
  child.TEMPORAL_NAMESPACE = server.namespace;
  // A profile in the reader's own temporal.toml would add its TLS and API key to a local address.
  // The file is one that does not exist: envconfig 1.23.0 throws a TypeError on an empty one.
  if (!server.remote) child.TEMPORAL_CONFIG_FILE = inClone('.streambook', 'no-profile.toml');
  return child;
}
