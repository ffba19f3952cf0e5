/** A network that cuts a publisher off once its batch has arrived, on the wire itself. */
import { Client, Connection } from '@temporalio/client';
import type { Fault } from '../faults/fault.ts';
import { startProxy } from '../faults/proxy.ts';
import { randomFrom } from '../faults/random.ts';

/** A client whose calls are cut off, every other one, after the server has done what they ask. */
export async function connectThroughCuts(
  target: string,
): Promise<{ client: Client; cuts: () => number; stop: () => Promise<void> }> {
  let calls = 0;
  let isCalm = true;
  const nextFault = (): Fault | undefined =>
    !isCalm && ++calls % 2 === 0 ? 'answerCut' : undefined;
  const proxy = await startProxy({ target, nextFault, random: randomFrom(1) });
  // Connecting makes a call that the SDK does not repeat.
  const connection = await Connection.connect({ address: proxy.address });
  isCalm = false;
  return {
    client: new Client({ connection }),
    cuts: () => proxy.injected.answerCut,
    stop: () => proxy.stop(),
  };
}
