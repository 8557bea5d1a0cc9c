import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, Nullable, Query, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' });

export const ApiKeyCreate = Body({ name: Name, expires_at: Type.Optional(Nullable(Timestamp)) });
export const ApiKey = Type.Object({
  id: Id,
  user_id: Id,
  user_name: Nullable(Type.String()),
  name: Type.String(),
  prefix: Type.String({ description: 'How the key begins, to recognise it by.' }),
  last_used_at: Nullable(Timestamp),
  expires_at: Nullable(Timestamp),
  created_at: Timestamp,
});
export const ApiKeyMade = Type.Object({
  ...ApiKey.properties,
  key: Type.String({ description: 'Shown this once; only its hash is kept.' }),
});
export const ApiKeyPage = PageOf(ApiKey);
export const ApiKeyParams = IdParams('api_key_id');
export const ApiKeyQuery = Query(PageQuery);

export type ApiKeyCreate = Static<typeof ApiKeyCreate>;
