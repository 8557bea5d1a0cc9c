import type { FastifyInstance } from 'fastify';
import { globalTable } from '../tenancy/ownership.ts';
import type { ProblemError } from './problems.ts';

globalTable('denials', 'What was refused to whom, for whoever runs the platform: a reason can be another company.');

declare module 'fastify' {
  interface FastifyRequest {
    /** The problem that was answered with. */
    problem: ProblemError | undefined;
  }
  interface FastifyInstance {
    /** Writes what was refused since the last time. It happens by itself; tests do not wait for that. */
    writeDenials(): Promise<void>;
  }
}

interface Denial {
  company: string | null;
  user_id: string | null;
  method: string;
  route: string;
  path: string | null;
  status: number;
  problem: string;
  detail: string | null;
  times: number;
  last_at: string;
}

/** Milliseconds between two writes. */
const PAUSE = 10_000;
/** Different addresses that are kept of one company, and kinds of refusal of all, between two writes. */
const OF_A_COMPANY = 20;
const OF_ALL = 500;

/**
 * Remembers which requests of logged-in people were answered with 403 or 404, for `bulkhead denials`. Whoever tries a million
 * addresses costs a statement every ten seconds: of the same kind they are counted, not kept. Whether a row that was not
 * found is another company's is not asked here, so no answer can depend on it.
 */
export function addDenials(app: FastifyInstance): void {
  let noted = new Map<string, Denial>();
  let paths = new Map<string, number>();
  let writing = Promise.resolve();

  app.decorateRequest('problem');
  app.addHook('onResponse', (request, reply, done) => {
    const { caller, problem, method, url, routeOptions } = request;
    if (caller !== undefined && problem !== undefined && (reply.statusCode === 403 || reply.statusCode === 404)) {
      const [company, user_id] =
        caller.kind === 'user' ? [caller.companyId, caller.userId ?? caller.sessionId] : [null, caller.identityId];
      const route = routeOptions.url ?? '';
      note({
        company,
        user_id,
        method,
        route,
        path: url.split('?', 1)[0] ?? null,
        status: reply.statusCode,
        problem: problem.kind,
        detail: reply.statusCode === 403 ? problem.message : null,
        times: 1,
        last_at: new Date().toISOString(),
      });
    }
    done();
  });

  function note(denial: Denial): void {
    const kind = [denial.company, denial.user_id, denial.method, denial.route, denial.problem].join(' ');
    const exact = `${kind} ${denial.path}`;
    if (again(exact, denial) || again(kind, denial)) return;
    const kept = paths.get(denial.company ?? '') ?? 0;
    if (noted.size >= OF_ALL) return;
    paths.set(denial.company ?? '', kept + 1);
    if (kept < OF_A_COMPANY) noted.set(exact, denial);
    else if (kept < 2 * OF_A_COMPANY) noted.set(kind, { ...denial, path: null });
  }

  function again(key: string, { last_at }: Denial): boolean {
    const known = noted.get(key);
    if (known === undefined) return false;
    known.times += 1;
    known.last_at = last_at;
    return true;
  }

  const write = () => {
    writing = writing.then(async () => {
      if (noted.size === 0) return;
      const rows = JSON.stringify([...noted.values()]);
      noted = new Map();
      paths = new Map();
      await app.door
        .gate('note_denials', [rows])
        .catch((error: unknown) => app.log.warn({ err: error }, 'refusals are not noted'));
    });
    return writing;
  };
  app.decorate('writeDenials', write);
  const timer = setInterval(write, PAUSE).unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await write();
  });
}
