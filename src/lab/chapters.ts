/**
 * What the cells of the chapters run on, for who records them: `book.config.json` names this module.
 *
 * @module
 */
import { connect } from './connect.js';
import { openServer } from './server/open.js';
import { packageVersion, serverVersion } from './versions.js';

/** A Temporal server that the processes of chapters find. */
export interface ChaptersLab {
  /** Variables by which they find it. */
  env: { TEMPORAL_ADDRESS: string; TEMPORAL_NAMESPACE: string };
  /** Versions of the server and of the SDK, as a page names them. */
  versions: { 'Temporal server': string; 'Temporal SDK': string };
  close(): Promise<void>;
}

/** Finds or starts a server, and asks it for its version. @throws LabError as `openServer` does */
export async function open(): Promise<ChaptersLab> {
  const server = await openServer();
  try {
    const client = await connect(server);
    const version = await serverVersion(client);
    await client.connection.close();
    return {
      env: { TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: server.namespace },
      versions: {
        'Temporal server': version || 'unknown',
        'Temporal SDK': packageVersion('@temporalio/client'),
      },
      close: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
