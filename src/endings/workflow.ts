import { condition, defineSignal, setHandler } from '@temporalio/workflow';
import { WorkflowStream as OfficialStream } from '@temporalio/workflow-streams/workflow';
import { WorkflowStream } from 'streambook/workflow';
import { endBy } from './ending.js';
import {
  ACK_SIGNAL,
  NEWS,
  type Notice,
  SHIP_SIGNAL,
  type ShipmentInput,
  type Shipped,
} from './events.js';

export { parcel } from './parcel.js';

// #region hosts
/** An order that tells its stream how it is shipped. */
export function shipment(input: ShipmentInput): Promise<Shipped> {
  return ship(new WorkflowStream(), input);
}

/** The same, hosted by `@temporalio/workflow-streams`. */
export function officialShipment(input: ShipmentInput): Promise<Shipped> {
  return ship(new OfficialStream(), input);
}
// #endregion hosts

// #region ship
async function ship(stream: Stream, { notices, ending }: ShipmentInput): Promise<Shipped> {
  const news = stream.topic<Notice>(NEWS);
  const readers = new Set<string>();
  let isPacked = false;
  setHandler(defineSignal(SHIP_SIGNAL), () => {
    isPacked = true;
  });
  setHandler(defineSignal<[string]>(ACK_SIGNAL), (reader) => {
    readers.add(reader);
  });

  news.publish({ n: 1, of: notices, text: 'your order is being packed' });
  await condition(() => isPacked);
  for (let n = 2; n < notices; n++) {
    news.publish({ n, of: notices, text: `parcel ${n - 1} is packed` });
  }
  news.publish({ n: notices, of: notices, text: 'your order has shipped' });

  const since = Date.now();
  await endBy(ending, readers);
  return { openMs: Date.now() - since, acks: readers.size };
}
// #endregion ship

/** What the two hosts have in common. */
interface Stream {
  topic<T>(name: string): { publish(value: T): void };
}
