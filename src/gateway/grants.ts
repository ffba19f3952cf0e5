/** Who may read which answer: a signed cookie says it, so that no server has to remember it. */
import { parseSigned, serializeSigned } from 'hono/utils/cookie';

// #region grant
/** That somebody may read an answer, for a while. */
export interface Grant {
  /** Which answer. */
  id: string;
  /** Who reads: what your login calls them. */
  reader: string;
  /** Until when, in seconds since the epoch. */
  expiresAt: number;
}

/** Of letters, digits and `-`, so that a dot can stand between the parts of a grant. */
const NAME = '[A-Za-z0-9_-]{1,64}';
const GRANT = new RegExp(`^(${NAME})\\.(${NAME})\\.(\\d{1,12})$`);

/** The cookie's name. */
const COOKIE = 'answer';
// #endregion grant

// #region seal
/** The keys of all servers. The first signs; the others are older ones, which are still believed. */
export type Secrets = readonly [string, ...string[]];

/**
 * The `Set-Cookie` header that hands a grant to a browser. No script can read it (HttpOnly), no other site's
 * page can make the browser send it (SameSite), and it is sent to the address of this answer alone (Path).
 *
 * @param secrets - what the signature is made with
 * @param path - where the answer is
 * @param isSecure - whether browsers may send it over HTTPS only; false for a server at home
 * @throws RangeError for an id or a reader that is no name
 */
export async function sealGrant(
  grant: Grant,
  secrets: Secrets,
  path: string,
  isSecure: boolean,
): Promise<string> {
  const value = `${grant.id}.${grant.reader}.${grant.expiresAt}`;
  if (!GRANT.test(value)) throw new RangeError(`This is no name for a cookie: ${value}`);
  return await serializeSigned(COOKIE, value, secrets[0], {
    httpOnly: true,
    sameSite: 'Strict',
    secure: isSecure,
    path,
    expires: new Date(grant.expiresAt * 1_000),
  });
}
// #endregion seal

// #region open
/**
 * Reads the grant in a `Cookie` header, if we have signed it and it has not expired. That a browser deletes an
 * expired cookie helps its user; a thief keeps it, so the time is looked at here.
 *
 * @param now - in seconds since the epoch
 */
export async function openGrant(
  header: string | null,
  secrets: Secrets,
  now = Date.now() / 1_000,
): Promise<Grant | undefined> {
  for (const secret of secrets) {
    // The signatures are compared by the platform, in a time that does not tell how much of one was right.
    const value = (await parseSigned(header ?? '', secret, COOKIE))[COOKIE];
    const [, id, reader, expires] = GRANT.exec(value || '') ?? [];
    if (id === undefined || reader === undefined) continue;
    const expiresAt = Number(expires);
    return expiresAt > now ? { id, reader, expiresAt } : undefined;
  }
  return undefined;
}
// #endregion open
