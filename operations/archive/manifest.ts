import type { FoundCompany } from '../find-company.ts';
import type { Fingerprint } from '../fingerprint.ts';

export const FORMAT = 1;

/** manifest.json, the first file of an archive. */
export interface Manifest {
  format: number;
  made_at: string;
  company: FoundCompany;
  /** The last migration of the database that it was read from. */
  schema: string;
  /** Tells whether another installation has the same key, without telling the key. */
  key_check: string;
  tables: Record<string, TablePart>;
  /** Of the data folder, by path without the company: `imports/<name>`. */
  files: Record<string, { bytes: number; sha256: string }>;
}

export interface TablePart extends Fingerprint {
  /** What each line of the table's file is a JSON array of, in this order. */
  columns: string[];
}

export const tableFile = (table: string): string => `tables/${table}.ndjson`;
export const companyFile = (path: string): string => `files/${path}`;
export const MANIFEST = 'manifest.json';
