// `npm run doctor`
import { probeNeeds } from './probe.js';
import { canStart, renderReport } from './report.js';

const needs = await probeNeeds(process.env);
console.log(renderReport(needs));
if (!canStart(needs)) process.exitCode = 1;
