import { randomBytes } from 'node:crypto';
import type { Schema } from '../endpoints.ts';
import { issue, newId } from './server.ts';

export type Row = Record<string, unknown> & { id: string; company: string };
/** Whether the server has a fault. */
export type Has = (bug: string) => boolean;

const text: Schema = { type: 'string', maxLength: 200 };
const id: Schema = { type: 'string', format: 'uuid' };
const object = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
});
export const shapes = { text, id, object };

/** All that the small server keeps: two companies and their rows. */
export class Store {
  readonly tables = new Map<string, Row[]>();
  readonly people: { user: string; company: string; email: string; key: string; gone: boolean }[] = [];

  table(name: string): Row[] {
    if (!this.tables.has(name)) this.tables.set(name, []);
    return this.tables.get(name) as Row[];
  }

  join(email: string, company = newId()) {
    const one = { user: newId(), company, email, key: `key_${randomBytes(16).toString('hex')}`, gone: false };
    this.people.push(one);
    return { ...one, token: issue({ sub: one.user, company_id: company }), row: one };
  }
}

/** What the caller may see, or what anybody could where the fault says so. */
export const find = (
  store: Store,
  table: string,
  wanted: string | undefined,
  company: string | undefined,
): Row | undefined =>
  store
    .table(table)
    .find((row) => row.id === wanted && !row.deleted && (company === undefined || row.company === company));

export const shown = ({ company, ...row }: Row): Omit<Row, 'company'> => row as never;
