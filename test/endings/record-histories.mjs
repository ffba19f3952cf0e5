/**
 * Records histories of shipments and parcels for the replay test, those that are not there yet:
 *
 *     node test/endings/record-histories.mjs
 *
 * A recorded history stays for good, since runs like it may be under way somewhere when the workflow
 * code changes. Add another one to the list when the workflow can take a new path.
 */
import { existsSync } from 'node:fs';
import {
  acknowledge,
  FATE_SIGNAL,
  SHIP_SIGNAL,
  startParcel,
  startShipment,
} from 'streambook/endings';
import { openLab } from 'streambook/lab';
import { writeHistory } from '../support/history.mjs';

const lab = await openLab('endings');

const shipment = (ending) => async (id) => {
  const run = await startShipment(lab.client, id, 'ours', { notices: 3, ending });
  await run.signal(SHIP_SIGNAL);
  if (ending.by === 'ack') await acknowledge(run, 'a');
  return run;
};
const parcel = (tell) => async (id) => {
  const run = await startParcel(lab.client, id);
  await tell(run);
  const { runId } = await run.describe();
  await run.result().catch(() => {});
  return lab.client.workflow.getHandle(run.workflowId, runId);
};
const fate = (told) => parcel((run) => run.signal(FATE_SIGNAL, told));

const KINDS = {
  return: shipment({ by: 'return' }),
  drain: shipment({ by: 'drain' }),
  sleep: shipment({ by: 'sleep', ms: 50 }),
  acknowledged: shipment({ by: 'ack', readers: 1, ms: 5_000 }),
  'not-acknowledged': shipment({ by: 'ack', readers: 2, ms: 50 }),
  delivered: fate('delivered'),
  lost: fate('lost'),
  relayed: fate('relayed'),
  cancelled: parcel((run) => run.cancel()),
};

for (const [name, begin] of Object.entries(KINDS)) {
  const file = new URL(`./histories/${name}.json`, import.meta.url);
  if (existsSync(file)) continue;
  const run = await begin(`recorded-${name}`);
  await run.result().catch(() => {});
  await writeHistory(run, file);
}
await lab.close();
