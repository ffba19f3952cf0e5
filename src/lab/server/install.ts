// `npm run temporal:install`
import { toStderr } from '../progress.js';
import { cacheFolder } from './binary.js';
import { findBinary } from './find.js';
import { temporalSources } from './sources.js';

const folder = cacheFolder();
const sources = temporalSources(process.env, folder);

findBinary({ sources, folder, onProgress: toStderr }).then(
  ({ path, source }) => console.log(`The Temporal server is ready (${source}): ${path}`),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
