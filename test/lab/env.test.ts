import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { childEnv } from '../../src/lab/env.ts';

const local = { address: '127.0.0.1:7233', namespace: 'default', remote: false };

it('keeps a secret from a child that was not promised it', () => {
  const env = { PATH: '/bin', OPENAI_API_KEY: 'secret', AWS_SECRET_ACCESS_KEY: 'secret' };
  expect(childEnv(env)).toEqual({ PATH: '/bin' });
});

it('hands a secret to a child that was promised it', () => {
  const env = { OPENAI_API_KEY: 'secret' };
  expect(childEnv(env, ['OPENAI_API_KEY'])).toEqual({ OPENAI_API_KEY: 'secret' });
});

it('keeps what programs need on Windows, however it is spelled', () => {
  expect(childEnv({ Path: 'C:\\bin', SystemRoot: 'C:\\Windows' })).toEqual({
    Path: 'C:\\bin',
    SystemRoot: 'C:\\Windows',
  });
});

it('hands the TLS and API key of a remote server to the child that connects to it', () => {
  const env = { TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: 'true' };
  const server = { address: 'cloud:7233', namespace: 'ns', remote: true };
  expect(childEnv(env, [], server)).toEqual({
    TEMPORAL_API_KEY: 'k',
    TEMPORAL_TLS: 'true',
    TEMPORAL_ADDRESS: 'cloud:7233',
    TEMPORAL_NAMESPACE: 'ns',
  });
});

it('keeps the credentials of other servers from a child on a local one', () => {
  const child = childEnv({ TEMPORAL_API_KEY: 'k', TEMPORAL_PROFILE: 'cloud' }, [], local);
  expect(child).toMatchObject({ TEMPORAL_ADDRESS: '127.0.0.1:7233' });
  expect(child).not.toHaveProperty('TEMPORAL_API_KEY');
  expect(child).not.toHaveProperty('TEMPORAL_PROFILE');
  expect(existsSync(child.TEMPORAL_CONFIG_FILE ?? '')).toBe(false);
});
