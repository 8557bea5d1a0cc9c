import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { Id } from '../../../contracts/atoms.ts';

/** Records whose viewers are told of one another. */
export const viewable = ['contacts', 'deals', 'activities'] as const;
export type Viewable = (typeof viewable)[number];

/** What a client may say. `viewing` without a record: it stopped looking. */
export type Words =
  | { type: 'auth'; access_token: string }
  | { type: 'viewing'; table: Viewable; id: string }
  | { type: 'viewing'; id: null }
  | { type: 'ping' };

const Auth = Type.Object({ type: Type.Literal('auth'), access_token: Type.String({ maxLength: 4096 }) });
const Viewing = Type.Object({ type: Type.Literal('viewing'), table: Type.Enum([...viewable]), id: Id });
const Away = Type.Object({ type: Type.Literal('viewing'), id: Type.Null() });
const Ping = Type.Object({ type: Type.Literal('ping') });
const Said = Type.Union([Auth, Viewing, Away, Ping]);
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Undefined for what is no word of the protocol. */
export function understand(text: string): Words | undefined {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Value.Check(Said, said)) return undefined;
  const words = said as Words;
  return words.type === 'viewing' && words.id !== null && !UUID.test(words.id) ? undefined : words;
}
