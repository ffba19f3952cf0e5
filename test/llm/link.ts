import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A network between a worker and the server, which can fail and come back. */
export interface Link {
  /** Host and port to connect to instead of the server's. */
  address: string;
  /** Drops all connections and takes no new ones. */
  cut(): void;
  heal(): void;
  close(): void;
}

/** @param target - host and port of the server */
export async function openLink(target: string): Promise<Link> {
  const [host = '', port] = target.split(':');
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(port), host);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => one.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
      drop();
    },
    heal() {
      isCut = false;
    },
    close() {
      server.close();
      drop();
    },
  };
}
