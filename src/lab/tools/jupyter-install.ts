// `npm run jupyter:install`
import { toStderr } from '../progress.js';
import { ensureJupyter } from './jupyter.js';

ensureJupyter(toStderr).then(
  (python) => console.log(`Jupyter and the TypeScript kernel are ready: ${python}`),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
