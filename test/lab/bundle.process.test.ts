import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleWorkflows } from '../../src/lab/bundle.js';
import { inClone } from '../../src/lab/clone.js';

let root: string;
beforeAll(async () => {
  // Inside the clone: the bundler looks for the SDK's packages above the workflow.
  await mkdir(inClone('.streambook'), { recursive: true });
  root = await mkdtemp(inClone('.streambook', 'bundle-test-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A scenario of one workflow that returns a word, and where its bundles go. */
async function scenario(name: string, word: string) {
  const workflowsPath = join(root, name, 'workflow.js');
  await mkdir(dirname(workflowsPath), { recursive: true });
  await writeFile(workflowsPath, `exports.say = async () => '${word}';`);
  const options = {
    workflowsPath,
    sources: [dirname(workflowsPath)],
    folder: join(root, 'bundles'),
  };
  return { options, workflowsPath };
}

test('code that has not changed is not bundled again', async () => {
  const { options } = await scenario('same', 'hello');
  const { codePath } = await bundleWorkflows('same', options);
  expect(await readFile(codePath, 'utf8')).toContain('hello');
  await writeFile(codePath, 'the first bundle');
  expect(await bundleWorkflows('same', options)).toEqual({ codePath });
  expect(await readFile(codePath, 'utf8')).toBe('the first bundle');
});

test('code that has changed is bundled anew, beside the bundle that another worker may be loading', async () => {
  const { options, workflowsPath } = await scenario('changing', 'before');
  const before = await bundleWorkflows('changing', options);
  await writeFile(workflowsPath, `exports.say = async () => 'after';`);
  const after = await bundleWorkflows('changing', options);
  expect(await readFile(after.codePath, 'utf8')).toContain('after');
  expect(await readFile(before.codePath, 'utf8')).toContain('before');
});

test('code in a folder of its own counts as well', async () => {
  const { options, workflowsPath } = await scenario('nested', 'unused');
  const inner = join(dirname(workflowsPath), 'host', 'word.js');
  await mkdir(dirname(inner));
  await writeFile(workflowsPath, `exports.say = async () => require('./host/word.js');`);
  for (const word of ['before', 'after']) {
    await writeFile(inner, `module.exports = '${word}';`);
    const { codePath } = await bundleWorkflows('nested', options);
    expect(await readFile(codePath, 'utf8')).toContain(word);
  }
});

test('a bundle of a day ago is removed when a new one is made', async () => {
  const { options, workflowsPath } = await scenario('old', 'before');
  const before = await bundleWorkflows('old', options);
  const longAgo = new Date(Date.now() - 25 * 60 * 60 * 1_000);
  await utimes(before.codePath, longAgo, longAgo);
  await writeFile(workflowsPath, `exports.say = async () => 'after';`);
  await bundleWorkflows('old', options);
  await expect(readFile(before.codePath)).rejects.toThrow('ENOENT');
});
