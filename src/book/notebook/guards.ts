/**
 * The first code cell of a notebook. tslab forgets a rejection that nobody awaited, and the notebook
 * stays green; these listeners remember it.
 */
export const FIRST_GUARD = `// Remembers rejections that nobody awaited; the last cell of the notebook reports them.
const lostRejections: unknown[] = [];
const rememberRejection = (reason: unknown) => { lostRejections.push(reason); };
void process.on('unhandledRejection', rememberRejection);`;

/** What the first code cell adds in a chapter with exercises, whose checks the notebook calls. */
export const CHECK_IMPORT = `import { check } from 'streambook/lab';`;

/** The last code cell. It waits one turn of the event loop, for a rejection of the cell before it. */
export const LAST_GUARD = `// Fails when a promise of this notebook was rejected and nobody awaited it.
await new Promise((turn) => setImmediate(turn));
void process.removeListener('unhandledRejection', rememberRejection);
if (lostRejections.length > 0) {
  throw new Error(\`rejected in the background: \${lostRejections.map(String).join('; ')}\`);
}`;
