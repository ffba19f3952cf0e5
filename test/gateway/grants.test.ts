import { describe, expect, test } from 'vitest';
import { type Grant, openGrant, sealGrant } from '../../src/gateway/grants.ts';

const GRANT: Grant = { id: 'a1', reader: 'ines', expiresAt: 1_700_000_000 };
const NOW = 1_600_000_000;
const PATH = '/answers/a1/events';

const seal = (grant = GRANT, secret = 'secret', isSecure = true) =>
  sealGrant(grant, [secret], PATH, isSecure);
/** What a browser sends back of a `Set-Cookie`. */
const pairOf = (cookie: string) => cookie.split(';')[0] ?? '';

test('a grant is sealed for one address, one site, no script, and HTTPS', async () => {
  const [pair, ...attributes] = (await seal()).split('; ');
  expect(pair).toMatch(/^answer=a1\.ines\.1700000000\./);
  expect(attributes.sort()).toEqual([
    'Expires=Tue, 14 Nov 2023 22:13:20 GMT',
    'HttpOnly',
    `Path=${PATH}`,
    'SameSite=Strict',
    'Secure',
  ]);
  expect(await seal(GRANT, 'secret', false)).not.toContain('Secure');
});

test('a grant that we have sealed is opened, among other cookies', async () => {
  const header = `theme=dark; ${pairOf(await seal())}; other=1`;
  expect(await openGrant(header, ['secret'], NOW)).toEqual(GRANT);
});

test('a grant of an older secret is believed while the secret is kept', async () => {
  const header = pairOf(await seal(GRANT, 'old'));
  expect(await openGrant(header, ['new', 'old'], NOW)).toEqual(GRANT);
  expect(await openGrant(header, ['new'], NOW)).toBeUndefined();
});

describe('nothing is granted by', () => {
  test('no cookie', async () => {
    expect(await openGrant(null, ['secret'], NOW)).toBeUndefined();
    expect(await openGrant('theme=dark', ['secret'], NOW)).toBeUndefined();
  });

  test('a cookie of which any part was changed', async () => {
    const pair = pairOf(await seal());
    const forged = [
      pair.replace('a1', 'a2'),
      pair.replace('ines', 'eve'),
      pair.replace('1700000000', '1800000000'),
      pair.slice(0, pair.lastIndexOf('.')),
      pair.slice(0, -4),
    ];
    for (const cookie of forged) expect(await openGrant(cookie, ['secret'], NOW)).toBeUndefined();
  });

  test('a cookie that has expired, though somebody has kept it', async () => {
    const header = pairOf(await seal());
    expect(await openGrant(header, ['secret'], GRANT.expiresAt - 1)).toEqual(GRANT);
    expect(await openGrant(header, ['secret'], GRANT.expiresAt)).toBeUndefined();
  });

  test('something else that we have signed', async () => {
    const { serializeSigned } = await import('hono/utils/cookie');
    const header = pairOf(await serializeSigned('answer', 'a1.ines', 'secret'));
    expect(await openGrant(header, ['secret'], NOW)).toBeUndefined();
  });
});

test.each(['', 'a.b', 'a;b', 'é'])(
  'a reader called %j cannot be granted anything',
  async (reader) => {
    await expect(seal({ ...GRANT, reader })).rejects.toThrow('no name for a cookie');
  },
);
