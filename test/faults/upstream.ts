/** The far side of the proxy: one HTTP/2 connection to the server, opened again when it is lost. */
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2';

/** A call as it came from the client. */
export interface Call {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What the server answered, whole. A failure may come without trailers: its status is a header. */
export interface Answer {
  headers: IncomingHttpHeaders;
  body: Buffer;
  trailers?: IncomingHttpHeaders;
}

/** A connection to the server. */
export interface Upstream {
  /**
   * Passes a call on.
   *
   * @param signal - ends the call on the server's side as well
   * @throws Error when the server is away, or goes away before it has answered
   */
  pass(call: Call, signal?: AbortSignal): Promise<Answer>;
  close(): void;
}

/**
 * Connects to a server at the first call, and at the next one after the connection was lost.
 *
 * @param target - host and port
 */
export function connectUpstream(target: string): Upstream {
  let session: ClientHttp2Session | undefined;
  let isClosed = false;
  const open = (): ClientHttp2Session => {
    if (isClosed) throw new Error('The connection of this client has ended.');
    if (session && !session.closed && !session.destroyed) return session;
    session = connect(`http://${target}`);
    // Every call on the session fails with it and says so; without a listener the process would end.
    session.on('error', () => {});
    return session;
  };
  return {
    pass: async (call, signal) => passOn(open(), call, signal),
    close() {
      isClosed = true;
      session?.destroy();
    },
  };
}

/** Calls are kept whole: every one of Temporal's is unary and has at most a few MiB. */
function passOn(session: ClientHttp2Session, call: Call, signal?: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = session.request(call.headers, { signal });
    let headers: IncomingHttpHeaders = {};
    let trailers: IncomingHttpHeaders | undefined;
    const chunks: Buffer[] = [];
    request.once('response', (received) => {
      headers = received;
    });
    request.once('trailers', (received) => {
      trailers = received;
    });
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', reject);
    request.once('close', () => {
      // Node closes some streams that were cut without an error; only a status makes an answer whole.
      const status = trailers?.['grpc-status'] ?? headers['grpc-status'];
      if (status === undefined) reject(new Error('The server went away before it had answered.'));
      else resolve({ headers, body: Buffer.concat(chunks), trailers });
    });
    request.end(call.body);
  });
}
