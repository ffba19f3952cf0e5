import {
  Client,
  Connection,
  type ConnectionOptions,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';
import { connectionOptions, type Reachable } from '../lab/connect.js';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];
/** The type names a class, whose other members gRPC leaves alone. */
type Intercepted = ReturnType<Interceptor>;
/** What gRPC calls of a call. */
type Call = ReturnType<Parameters<Interceptor>[1]>;

/** CANCELLED of the codes of gRPC (https://grpc.io/docs/guides/status-codes/). */
const CANCELLED = 1;

/**
 * A client as the SDK makes it by default, of which no call is left when a signal is aborted: calls
 * under way are cancelled, and one that waits to be tried again is not. Without this, the SDK's
 * own retries would go on into what is measured next.
 */
export async function connectUntil(server: Reachable, signal: AbortSignal): Promise<Client> {
  const retry = defaultGrpcRetryOptions();
  const connection = await Connection.connect({
    ...connectionOptions(server),
    interceptors: [
      makeGrpcRetryInterceptor({
        ...retry,
        retryableDecider: (attempt, status) =>
          !signal.aborted && retry.retryableDecider(attempt, status),
      }),
      (options, nextCall) => (signal.aborted ? CANCELLED_CALL : nextCall(options)) as Intercepted,
    ],
  });
  signal.addEventListener('abort', () => void connection.close(), { once: true });
  return new Client({ connection, namespace: server.namespace });
}

/** A call that is over before it begins. */
const CANCELLED_CALL: Call = {
  start(metadata, listener) {
    listener?.onReceiveStatus?.({ code: CANCELLED, details: 'the scene is over', metadata });
  },
  cancelWithStatus() {},
  getPeer: () => '',
  sendMessageWithContext() {},
  sendMessage() {},
  startRead() {},
  halfClose() {},
  getAuthContext: () => null,
};
