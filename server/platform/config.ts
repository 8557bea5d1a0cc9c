export interface Config {
  port: number;
  host: string;
  /** The address under which people reach the app; used in e-mailed links. */
  publicUrl: string;
  /** The administrator's address of a PostgreSQL server of one's own; without it the embedded one is used. */
  databaseUrl: string | undefined;
  /** Most requests a minute by address (before login) and by user; 0 turns limits off. */
  rateLimit: { address: number; user: number; company: number };
  /** `smtp://user:password@host:587`, or `smtps://`; without it letters are kept in the data folder. */
  smtpUrl: string | undefined;
  /** Who letters are from: `Bulkhead <crm@example.com>`. */
  mailFrom: string;
  logLevel: string;
  /** Server processes that share the port. */
  processes: number;
  /** Whether jobs run beside the server; false where workers run elsewhere. */
  worker: boolean;
  /** Whether the first start loads the demo. */
  demo: boolean;
  /** Hour (UTC) at which what is no longer needed begins to be deleted. */
  night: number;
  /** Days that things are kept once they are over. */
  keep: { sessions: number; invitations: number; jobs: number; uploads: number; idempotency: number };
}

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = whole(env, 'PORT', 8000);
  return {
    port,
    host: env.HOST ?? '0.0.0.0',
    publicUrl: (env.BULKHEAD_URL ?? `http://localhost:${port}`).replace(/\/$/, ''),
    databaseUrl: env.DATABASE_URL || undefined,
    rateLimit: {
      address: whole(env, 'BULKHEAD_RATE_ADDRESS', 3000),
      user: whole(env, 'BULKHEAD_RATE_USER', 1200),
      company: whole(env, 'BULKHEAD_RATE_COMPANY', 12_000),
    },
    smtpUrl: env.SMTP_URL || undefined,
    mailFrom: env.MAIL_FROM || 'Bulkhead <bulkhead@localhost>',
    logLevel: env.LOG_LEVEL ?? 'info',
    processes: whole(env, 'BULKHEAD_PROCESSES', 1),
    worker: env.BULKHEAD_WORKER !== '0',
    demo: env.BULKHEAD_DEMO !== '0',
    night: whole(env, 'BULKHEAD_NIGHT', 1) % 24,
    keep: {
      sessions: whole(env, 'BULKHEAD_KEEP_SESSIONS', 30),
      invitations: whole(env, 'BULKHEAD_KEEP_INVITATIONS', 180),
      jobs: whole(env, 'BULKHEAD_KEEP_JOBS', 30),
      uploads: whole(env, 'BULKHEAD_KEEP_UPLOADS', 7),
      idempotency: whole(env, 'BULKHEAD_KEEP_IDEMPOTENCY', 2),
    },
  };
}

function whole(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number, not "${text}".`);
  return value;
}
