/** The network between the clients and the server: calm at first, and then bad. */
import { Client, Connection } from '@temporalio/client';
import { dealFaults, type FaultCounts, noFaults } from './fault.ts';
import { type FaultyProxy, startProxy } from './proxy.ts';
import type { Random } from './random.ts';

/** Clients, and what happens to their calls. */
export interface Network {
  /** Connects a client through a proxy of its own: its faults depend on its own calls only. */
  connect(): Promise<Client>;
  /** Begins to disturb the calls. */
  disturb(): void;
  /** The faults so far, of all clients together. */
  faults(): FaultCounts;
  /**
   * Ends the proxies. The clients' connections are left to the end of the process: on one that is
   * closed, the next try of a call that the SDK repeats throws where nobody can catch it.
   */
  close(): Promise<void>;
}

/**
 * A network to one server. It is calm until told otherwise, since `Connection.connect` makes a call
 * that the SDK does not repeat.
 *
 * @param target - host and port of the server
 */
export function openNetwork(target: string, random: Random): Network {
  const proxies: FaultyProxy[] = [];
  let isCalm = true;
  return {
    async connect() {
      const own = random.fork();
      const deal = dealFaults(own);
      const nextFault = () => (isCalm ? undefined : deal());
      const proxy = await startProxy({ target, random: own, nextFault });
      proxies.push(proxy);
      return new Client({ connection: await Connection.connect({ address: proxy.address }) });
    },
    disturb() {
      isCalm = false;
    },
    faults() {
      const sum = noFaults();
      for (const { injected } of proxies) {
        for (const [fault, count] of Object.entries(injected))
          sum[fault as keyof FaultCounts] += count;
      }
      return sum;
    },
    async close() {
      for (const proxy of proxies) await proxy.stop();
    },
  };
}
