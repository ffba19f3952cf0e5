import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { remoteServer } from '../../src/lab/server/remote.ts';

let folder: string;
let TEMPORAL_CONFIG_FILE: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streambook-remote-'));
  TEMPORAL_CONFIG_FILE = join(folder, 'temporal.toml');
});
afterEach(() => rm(folder, { recursive: true }));

it('finds none where neither the environment nor a file names one', () => {
  expect(remoteServer({ TEMPORAL_CONFIG_FILE })).toBeUndefined();
});

it('finds none in an address that is set to nothing', () => {
  expect(remoteServer({ TEMPORAL_CONFIG_FILE, TEMPORAL_ADDRESS: '' })).toBeUndefined();
});

it('finds none in a profile that only sets a namespace', async () => {
  await writeFile(TEMPORAL_CONFIG_FILE, '[profile.default]\nnamespace = "mine"\n');
  expect(remoteServer({ TEMPORAL_CONFIG_FILE })).toBeUndefined();
});

it('takes the address of the environment before that of a profile', async () => {
  await writeFile(TEMPORAL_CONFIG_FILE, '[profile.default]\naddress = "file:7233"\n');
  const env = { TEMPORAL_CONFIG_FILE, TEMPORAL_ADDRESS: 'env:7233' };
  expect(remoteServer(env)).toMatchObject({
    address: 'env:7233',
    namespace: 'default',
    source: 'TEMPORAL_ADDRESS',
  });
});

it('connects to Temporal Cloud with the API key of a profile, over TLS', async () => {
  await writeFile(
    TEMPORAL_CONFIG_FILE,
    '[profile.cloud]\naddress = "ns.acct.tmprl.cloud:7233"\nnamespace = "ns.acct"\napi_key = "k"\n',
  );
  const server = remoteServer({ TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE: 'cloud' });
  expect(server?.connection).toMatchObject({ apiKey: 'k', tls: true });
  expect(server?.uiUrl).toBe('https://cloud.temporal.io/namespaces/ns.acct');
  expect(server?.source).toContain('profile "cloud"');
});

it('says which setting is wrong when the profile does not exist', async () => {
  await writeFile(TEMPORAL_CONFIG_FILE, '[profile.default]\naddress = "file:7233"\n');
  const env = { TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE: 'typo' };
  expect(() => remoteServer(env)).toThrow(/'typo' not found[\s\S]*Check TEMPORAL_PROFILE/);
});
