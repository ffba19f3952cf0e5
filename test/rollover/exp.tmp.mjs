import { WorkflowStreamClient } from 'streambook/client';
import { openLab } from 'streambook/lab';
import * as R from 'streambook/rollover';

const lab = await openLab('rollover', {
  limits: {
    'limit.historyCount.suggestContinueAsNew': 60,
    'limit.historyCount.error': 200,
    'limit.historyCount.warn': 150,
  },
});
const endless = await R.startEndless(lab.client, 'endless');
const stream = WorkflowStreamClient.create(lab.client, endless.workflowId, {
  maxRetryDuration: '5 seconds',
});
let n = 0;
try {
  for (;;) {
    stream.topic(R.READINGS).publish({ instrument: 'lamp', number: ++n, value: 1 });
    await stream.flush();
  }
} catch (e) {
  console.log(n, e.name, e.type, e.message);
}
try {
  await endless.result();
} catch (e) {
  console.log(e.name, e.message, e.cause?.name, e.cause?.message);
}
const d = await endless.describe();
console.log(d.status.name, d.historyLength);
const seen = await R.readAttached(stream);
console.log(seen.length);

// unhandled
const t0 = Date.now();
const w = await R.keepWatch(lab.client, 'load', { volumes: 4, instruments: 6, pauseMs: 30 });
console.log(R.describeWatch(w).join('\n'), Date.now() - t0);
console.log(R.runsTable(await R.runsOf(lab.client, w.workflowId)));

// log wall
const big = await R.startLighthouse(lab.client, 'big');
const photos = WorkflowStreamClient.create(lab.client, big.workflowId);
const reading = R.readAttached(photos, (v, o) => console.log(R.describeVolume(v, o)));
for (let i = 0; i < 60; i++) {
  photos.topic('photos').publish('x'.repeat(37_000));
  await photos.flush();
}
console.log(await R.closeLighthouse(big), (await reading).length);
console.log(R.runsTable(await R.runsOf(lab.client, big.workflowId)));
await lab.close();
