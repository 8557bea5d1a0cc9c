import type { Client } from 'pg';

export interface Check {
  name: string;
  ok: boolean;
  /** What was found, in words. */
  detail: string;
}

/** A table's rows before the adoption and now; those of each tenant once they are counted. */
export interface Counted {
  table: string;
  before: number;
  after: number;
  setAside: number;
  perTenant: Record<string, number>;
}

/** The row of a query that has one. */
export async function one<Row>(client: Client, sql: string, values: unknown[] = []): Promise<Row> {
  return (await client.query(sql, values)).rows[0];
}
