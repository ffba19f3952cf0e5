import { WorkflowStreamClient } from 'streambook/client';
import { openLab } from 'streambook/lab';
import * as r from 'streambook/rollover';
const t0 = Date.now(); const lap = (s) => console.log(`   [${((Date.now()-t0)/1000).toFixed(1)}s] ${s}`);
const lab = await openLab('rollover', { limits: { 'limit.historyCount.suggestContinueAsNew': 100, 'limit.historyCount.error': 300 } });
lap('open');
const watch = await r.keepWatch(lab.client, 'w', { volumes: 4, instruments: 3, pauseMs: 60, onVolume: (v, o) => console.log(r.describeVolume(v, o)) });
console.log(r.describeWatch(watch).join('\n'));
const runs = await r.runsOf(lab.client, watch.workflowId);
console.log(r.runsTable(runs), runs.map(x => x.repeatedTasks));
const { state, ...page } = runs[2].firstPage; console.log(page, { ...state, log: state.log.length });
lap('watch');

const padding = 'x'.repeat(100_000);
async function fill(id, options) {
  const l = await r.startLighthouse(lab.client, id, options);
  const s = WorkflowStreamClient.create(lab.client, l.workflowId);
  const att = r.readAttached(s, (v, o) => console.log(id, r.describeVolume(v, o)));
  const t = s.topic('photographs');
  for (let k = 0; k < 24; k++) t.publish(padding);
  await s.flush(); lap('filled ' + id);
  return { l, s, att };
}
const a = await fill('trim', {});
console.log(await r.closeLighthouse(a.l)); console.log((await a.att).length);
const late = []; for await (const i of a.s.subscribe()) late.push(i.offset); console.log('late', late.length, late[0]);
lap('trim');
const b = await fill('refuse', { overflow: 'refuse' });
try { console.log(await r.closeLighthouse(b.l)); } catch (e) { console.log(e.name, e.cause?.type, e.cause?.message); }
console.log((await b.att).length);
lap('refuse');
const c = await fill('retain', { retain: { items: 5} });
console.log(await r.closeLighthouse(c.l)); console.log((await c.att).length);
console.log(r.runsTable(await r.runsOf(lab.client, a.l.workflowId)));
console.log(r.runsTable(await r.runsOf(lab.client, c.l.workflowId)));
await lab.close(); lap('closed');
