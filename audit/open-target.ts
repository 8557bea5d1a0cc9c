import type pg from 'pg';
import { type Application, openApplication } from './application/application.ts';
import type { AuditOptions } from './audit.ts';
import { readAuditConfig } from './config.ts';
import { connect, openForeign } from './foreign-login.ts';
import { bulkhead } from './house.ts';
import { openState } from './state.ts';
import { subjectOf } from './subject.ts';

/** What is audited, and how much of it. */
export interface TargetOptions {
  /** Another database than Bulkhead's own; the rest is about that one only. */
  databaseUrl?: string;
  /** Look at it even as a superuser. */
  trustDatabase?: boolean;
  config?: string;
  tenantColumn?: string;
  tenantTable?: string;
  sample?: number;
  pace?: number;
  resume?: string;
}

/**
 * Opens what is to be audited, Bulkhead's own database at `url` or the one that the options name, and closes it after.
 * @param work is handed a connection, and what `audit` wants to know
 * @throws Untrusted where another database than Bulkhead's own would be looked at as a superuser
 */
export async function withTarget<T>(
  url: string,
  { databaseUrl, trustDatabase = false, config, sample, pace, resume, ...given }: TargetOptions,
  work: (client: pg.Client, options: AuditOptions) => Promise<T>,
): Promise<T> {
  const isOwn = databaseUrl === undefined;
  const client = isOwn ? await connect(url) : await openForeign(url, { trusted: trustDatabase });
  let application: Application | undefined;
  try {
    if (isOwn) application = await openApplication();
    const known = isOwn
      ? { subject: await bulkhead(), understood: [] }
      : await subjectOf(client, await readAuditConfig(config, given));
    const state = resume === undefined ? undefined : openState(resume, url);
    const limits = {
      ...(sample === undefined ? {} : { sample }),
      ...(pace === undefined ? {} : { pace }),
      ...(state ? { state } : {}),
    };
    const done = await work(client, { ...known, limits, application });
    state?.done();
    return done;
  } finally {
    await client.end();
    await application?.close();
  }
}
