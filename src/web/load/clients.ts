/** A process of many clients that follow one run, as so many browsers would. Started by `load/cli.ts`. */
import { Agent, get, type IncomingMessage } from 'node:http';
import { createParser } from 'streambook/follow-events';
import { Latencies } from './latencies.js';
import { NEWS } from './news.js';

/** What the clients have seen. */
export interface Seen {
  /** How many clients are connected. */
  connected: number;
  /** How many clients have received the end. */
  complete: number;
  /** How many events of the load each client has received, the fewest and the most. */
  fewest: number;
  most: number;
  /** Events that came twice to a client or not in their order, and connections that failed. */
  disordered: number;
  latencies: [number, number][];
}

const [url = '', count = '0'] = process.argv.slice(2);
const clients = Number(count);
const latencies = new Latencies();
const received = new Array<number>(clients).fill(0);
let connected = 0;
let disordered = 0;
let ended = 0;
// Each is a browser of its own, so no two share a connection.
const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });

process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  if (message === 'tell') process.send?.(seen());
});
for (let client = 0; client < clients; client++) follow(client);
process.send?.('started');

function follow(client: number): void {
  const request = get(url, { agent }, (response: IncomingMessage) => {
    connected++;
    const parse = createParser();
    let last = -1;
    response.setEncoding('utf8').on('data', (piece: string) => {
      const now = Date.now();
      for (const { event, offset, data } of parse(piece)) {
        if (event === 'end') ended++;
        if (offset === undefined) continue;
        if (offset !== last + 1) disordered++;
        last = offset;
        if (event !== NEWS) continue;
        received[client] = (received[client] ?? 0) + 1;
        latencies.add(now - Number(JSON.parse(data).data.at));
      }
    });
    response.on('close', () => {
      connected--;
    });
  });
  request.on('error', () => {
    disordered++;
  });
}

function seen(): Seen {
  const [fewest, most] = [Math.min(...received), Math.max(...received)];
  return { connected, complete: ended, fewest, most, disordered, latencies: latencies.entries() };
}
