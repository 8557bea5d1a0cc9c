import type { FastifyInstance, FastifyRequest, FastifySchema } from 'fastify';
import type { RequestOrigin } from '../tenancy/context.ts';
import type { Company, Door } from '../tenancy/door.ts';
import type { Limits } from './limits.ts';
import { allows, resourceOf } from './permissions.ts';
import { ProblemError } from './problems.ts';
import type { Caller, Role, Sessions } from './session.ts';

/**
 * Who may call a route. public: anyone; webhook: a sender who signs; user: anyone who is logged in, super admins too;
 * company: a member of a company; admin: its admins; super: super admins.
 */
export type Scope = 'public' | 'webhook' | 'user' | 'company' | 'admin' | 'super';

declare module 'fastify' {
  interface FastifyContextConfig {
    scope?: Scope;
    /** Narrows `company`: only these roles. */
    roles?: readonly Role[];
    /** Widens `admin`: super admins are let in too, without a company; the handler has to tell them apart. */
    staff?: true;
    /** Parts of a request whose answer depends on other companies' data on purpose, each with the decision that says why. */
    discloses?: Readonly<Record<string, string>>;
  }
  interface FastifyInstance {
    /** Every route that was registered, described to the outside or not. */
    routeTable: readonly RegisteredRoute[];
    /** Resources that the routes of companies serve: what a role can allow or not. */
    resources: ReadonlySet<string>;
  }
  interface FastifyRequest {
    /** Who calls; absent on public and webhook routes. */
    caller: Caller;
    /** The door to the caller's company. Reading it for a caller without a company answers 403. */
    readonly company: Company;
    /** The door, once somebody has read it. */
    opened: Company | undefined;
    readonly origin: RequestOrigin;
  }
}

export interface RegisteredRoute {
  method: string;
  url: string;
  scope: Scope;
  /** Whether super admins are let in as well as the company's admins. */
  staff: boolean;
  discloses: Readonly<Record<string, string>>;
  /** Media types of the body that its schema names. */
  consumes: readonly string[];
  schema: FastifySchema | undefined;
}

const SCOPES: ReadonlySet<string> = new Set<Scope>(['public', 'webhook', 'user', 'company', 'admin', 'super']);

/** Refuses to start with a route that does not say who may call it, and asks each caller who they are. */
export function addScopes(app: FastifyInstance, door: Door, sessions: Sessions, limits: Limits): void {
  app.decorateRequest('caller');
  app.decorateRequest('opened');
  // What one caller reads goes through one door for as long as it is remembered who they are: see session.ts.
  const readers = new WeakMap<Caller, Company>();
  function open(request: FastifyRequest): Company {
    const { caller } = request;
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const known = isRead && caller !== undefined ? readers.get(caller) : undefined;
    if (known !== undefined) return known;
    const company = door.asCompany(contextOf(request, isRead));
    if (isRead) readers.set(caller, company);
    return company;
  }
  app.decorateRequest('company', {
    getter(this: FastifyRequest) {
      if (this.opened === undefined || this.opened.context.keyId !== this.idempotencyId) this.opened = open(this);
      return this.opened;
    },
  });
  app.decorateRequest('origin', { getter: originOf });

  const resources = new Set<string>();
  app.decorate('resources', resources);
  const table: RegisteredRoute[] = [];
  app.decorate('routeTable', table);
  app.addHook('onRoute', ({ method, url, config, schema }) => {
    if (!SCOPES.has(config?.scope ?? '')) throw new Error(`route ${method} ${url} does not declare its scope`);
    const { discloses = {}, scope = 'public', staff = false } = config ?? {};
    if (staff && scope !== 'admin') throw new Error(`route ${method} ${url} lets staff in beside no admins`);
    for (const one of [method].flat())
      table.push({ method: one, url, scope, staff, discloses, consumes: schema?.consumes ?? [], schema });
    const resource = resourceOf(url);
    if (config?.scope === 'company' && resource !== undefined) resources.add(resource);
  });

  app.addHook('onRequest', (request, _reply, done) => {
    const { scope, roles, staff } = request.routeOptions.config;
    if (scope === undefined || scope === 'public' || scope === 'webhook') return done();
    const token = bearer(request);
    const caller = token === undefined ? undefined : sessions.callerOf(token);
    if (!(caller instanceof Promise)) return done(admit(request, caller, { scope, roles, staff }, limits));
    caller.then((known) => done(admit(request, known, { scope, roles, staff }, limits)), done);
  });
}

function admit(
  request: FastifyRequest,
  caller: Caller | undefined,
  { scope, roles, staff }: { scope: Scope; roles: readonly Role[] | undefined; staff: true | undefined },
  limits: Limits,
) {
  if (caller === undefined) {
    const headers = { 'www-authenticate': 'Bearer' };
    return limits.onRefused(request, new ProblemError('unauthenticated', undefined, undefined, headers));
  }
  request.caller = caller;
  if (caller.kind === 'super') {
    return scope === 'super' || scope === 'user' || staff
      ? undefined
      : new ProblemError('no-company', 'A super admin has no company: act for one first.');
  }
  if (scope === 'super') return new ProblemError('forbidden');
  if (caller.companyStatus === 'suspended' && scope !== 'user') return new ProblemError('company-suspended');
  if (scope === 'admin' && caller.role !== 'company_admin')
    return new ProblemError('forbidden', 'Only a company admin may do this.');
  if (roles !== undefined && !roles.includes(caller.role)) return new ProblemError('forbidden');
  const { url = '' } = request.routeOptions;
  if (caller.permissions !== null && scope !== 'user' && !allows(caller.permissions, request.method, url))
    return new ProblemError('forbidden', 'Your role does not allow this.');
  return undefined;
}

function bearer({ headers }: FastifyRequest): string | undefined {
  const header = headers.authorization;
  return header !== undefined && /^bearer /i.test(header) ? header.slice(7) : undefined;
}

function originOf(this: FastifyRequest): RequestOrigin {
  const { ip, headers, method, url, caller } = this;
  return {
    ip,
    ua: headers['user-agent']?.slice(0, 500),
    method,
    path: url.slice(0, 500),
    acting: caller?.kind === 'user' ? (caller.actingAdmin ?? undefined) : undefined,
  };
}

function contextOf(request: FastifyRequest, isRead: boolean) {
  const { caller } = request;
  if (caller?.kind !== 'user') throw new ProblemError('no-company');
  const { companyId, userId, owners } = caller;
  // Only changes are logged with where they came from; a read is spared the cost of saying it.
  if (isRead) return { companyId, userId, owners };
  return { companyId, userId, owners, request: request.origin, keyId: request.idempotencyId };
}
