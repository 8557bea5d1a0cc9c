import { createHmac } from 'node:crypto';
import { type ReadToken, SECRET } from './server.ts';
import type { Has, Store } from './store.ts';

/** Who a request's token or key says that they are, as far as it is believed. */
export function tokenReader(store: Store, has: Has): ReadToken {
  const read = (part: string) => {
    try {
      return JSON.parse(Buffer.from(part, 'base64url').toString());
    } catch {
      return undefined;
    }
  };
  return (headers) => {
    const key = headers['x-api-key'];
    if (typeof key === 'string') {
      const holder = store.people.find(
        (one) => one.key === key || (has('key by its beginning') && key.length > 8 && one.key.startsWith(key)),
      );
      return holder && { company: holder.company, user: holder.user, byKey: true };
    }
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
    const [head = '', payload = '', signature = ''] = token?.split('.') ?? [];
    const [header, claims] = [read(head), read(payload)];
    if (header === undefined || claims === undefined) return undefined;
    const sign = (secret: string) => createHmac('sha256', secret).update(`${head}.${payload}`).digest('base64url');
    const good =
      signature === sign(SECRET) ||
      (has('token without algorithm') && header.alg === 'none') ||
      (has('token key from a file') && header.kid !== undefined && signature === sign('')) ||
      (has('token with a guessed key') && signature === sign('secret')) ||
      (has('token signature unread') && signature.length > 20);
    const person = store.people.find((one) => one.user === claims.sub);
    if (!good || (person?.gone && !has('token after removal'))) return undefined;
    if (
      person === undefined ||
      (person.company !== claims.company_id && !has('token company believed') && signature === sign(SECRET))
    )
      return undefined;
    return { company: String(claims.company_id), user: String(claims.sub), byKey: false };
  };
}
