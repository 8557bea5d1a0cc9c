import { createHash } from 'node:crypto';
import type { SourceRow } from './source.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Gives the rows of one source their ids here: a uuid keeps, any other id becomes the same uuid in every run. */
export function idsOf(sourceName: string) {
  return (table: string, id: unknown): string | null => {
    if (id === null || id === undefined || id === '') return null;
    const text = String(id);
    if (UUID.test(text)) return text.toLowerCase();
    const hex = createHash('sha256')
      .update(JSON.stringify([sourceName, table, text]))
      .digest('hex');
    // Version 8: its bits are ours to choose.
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
}

export type IdOf = ReturnType<typeof idsOf>;

/** Nothing is cut off: what is too long here is refused by the database, and the report says so. */
export const textOf = (value: unknown): string | null =>
  value === null || value === undefined || value === '' ? null : String(value);

export const oneOf = (value: unknown, known: readonly string[], otherwise: string | null): string | null =>
  known.find((one) => one === value) ?? otherwise;

export function between(value: unknown, least: number, most: number, otherwise: number): number {
  const number = Number(value ?? otherwise);
  return Number.isFinite(number) ? Math.min(Math.max(number, least), most) : otherwise;
}

export const dateOf = (value: unknown): string | null => (value ? String(value).slice(0, 10) : null);

export function tagsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [];
  return [...new Set(list.filter((tag) => typeof tag === 'string' && tag.trim() !== '').map((tag) => tag.trim()))];
}

/** Fields of the company's own: the keys as Bulkhead writes them, and of values only what a field can hold. */
export function customFieldsOf(value: unknown): Record<string, string | number | boolean> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, held]) => {
      if (held === null || held === undefined) return [];
      const plain = ['string', 'number', 'boolean'].includes(typeof held) ? held : JSON.stringify(held);
      return [[keyOf(name), plain]];
    }),
  );
}

export const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .slice(0, 50) || `field_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;

/** When a row was made and changed there. */
export const times = (row: SourceRow) => ({
  created_at: row.created_at ?? new Date().toISOString(),
  updated_at: row.updated_at ?? row.created_at ?? new Date().toISOString(),
});
