import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection, type ConnectionOptions } from '@temporalio/client';

const RETRY_MS = 50;

/**
 * Asks a server whether it answers.
 *
 * @param options - how to reach it
 * @param namespace - also ask whether this namespace is there, which on a server that is still
 * starting comes a moment later; leave it out where asking may be forbidden
 * @throws whatever the call threw, when it does not
 */
export async function ask(options: ConnectionOptions, namespace?: string): Promise<void> {
  const connection = await Connection.connect({ connectTimeout: 5_000, ...options });
  try {
    if (namespace) await connection.workflowService.describeNamespace({ namespace });
  } finally {
    await connection.close();
  }
}

/** Whether the server at an address of this machine answers now. */
export async function answers(address: string, namespace: string): Promise<boolean> {
  // gRPC waits a second before it tries a refused port again, and we would wait along.
  if (!(await isListening(address))) return false;
  try {
    await ask({ address, connectTimeout: 2_000 }, namespace);
    return true;
  } catch {
    return false;
  }
}

function isListening(address: string): Promise<boolean> {
  const { hostname, port } = new URL(`tcp://${address}`);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/**
 * Waits until a server that was just started answers.
 *
 * @param address - where it will be
 * @param namespace - what must be there
 * @param signal - gives up, as when the server's process ended
 */
export async function untilItAnswers(
  address: string,
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  while (!(await answers(address, namespace))) {
    await pause(RETRY_MS, undefined, { signal });
  }
}
