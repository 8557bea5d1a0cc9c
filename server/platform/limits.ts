import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Config } from './config.ts';
import { ProblemError } from './problems.ts';
import type { LimitExchange } from './shared-limits.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Fewer requests a minute from one address than the ordinary limit allows. */
    limit?: { perMinute: number };
  }
}

interface Bucket {
  tokens: number;
  filledAt: number;
  /** Taken here since the other processes were last told. */
  untold: number;
}

/** The share of a limit that all processes together may have let through untold. */
const UNTOLD = 1 / 20;

/** Token buckets of one kind, in this process's memory: `perMinute` at once, then one every 60 s / `perMinute`. */
export class Buckets {
  readonly #buckets = new LRUCache<string, Bucket>({ max: 50_000 });
  readonly #perMs: number;
  #tellAt = Number.POSITIVE_INFINITY;
  #tell: (key: string, count: number) => void = () => undefined;

  constructor(
    readonly name: string,
    readonly perMinute: number,
    readonly now: () => number = performance.now.bind(performance),
  ) {
    this.#perMs = perMinute / 60_000;
  }

  /** Takes one token; false when there is none. */
  take(key: string): boolean {
    if (this.perMinute === 0) return true;
    const bucket = this.#filled(key);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    bucket.untold += 1;
    if (bucket.untold >= this.#tellAt) {
      this.#tell(key, bucket.untold);
      bucket.untold = 0;
    }
    return true;
  }

  /** Tells other processes what is taken: not each token, but so many at once that little stays untold. */
  share(processes: number, tell: (key: string, count: number) => void): void {
    this.#tellAt = Math.max(1, Math.floor((this.perMinute * UNTOLD) / processes));
    this.#tell = tell;
  }

  /** Takes what another process let through. Where that was too much, nobody gets any until it is made up for. */
  charge(key: string, count: number): void {
    if (this.perMinute === 0) return;
    const bucket = this.#filled(key);
    bucket.tokens = Math.max(bucket.tokens - count, -this.perMinute);
  }

  isEmpty(key: string): boolean {
    return this.perMinute !== 0 && this.#buckets.has(key) && this.#filled(key).tokens < 1;
  }

  /** The answer to a request for which there was no token. */
  refusal(key: string): ProblemError {
    const wait = Math.max(1, Math.ceil((1 - this.#filled(key).tokens) / this.#perMs / 1000));
    return new ProblemError('rate-limited', `Please wait ${wait} seconds.`, undefined, {
      'retry-after': String(wait),
      'ratelimit-policy': `"${this.name}";q=${this.perMinute};w=60`,
      ratelimit: `"${this.name}";r=0;t=${wait}`,
    });
  }

  #filled(key: string): Bucket {
    const now = this.now();
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = { tokens: this.perMinute, filledAt: now, untold: 0 };
      this.#buckets.set(key, bucket);
    } else {
      bucket.tokens = Math.min(this.perMinute, bucket.tokens + (now - bucket.filledAt) * this.#perMs);
      bucket.filledAt = now;
      if (bucket.tokens === this.perMinute) bucket.untold = 0;
    }
    return bucket;
  }
}

export interface Limits {
  /** Before anybody is asked who they are. */
  onArrival(request: FastifyRequest): ProblemError | undefined;
  /** Once it is known who calls. */
  onCaller(request: FastifyRequest): ProblemError | undefined;
  /** A request whose token was no good; `answer` is what it gets while its address may still try. */
  onRefused(request: FastifyRequest, answer: ProblemError): ProblemError;
}

/** A minute's requests: by address where nobody logs in or the token is no good, else by user and by company. */
export function createLimits({ rateLimit }: Pick<Config, 'rateLimit'>, exchange?: LimitExchange): Limits {
  const addresses = shared(new Buckets('address', rateLimit.address));
  const refused = shared(new Buckets('refused', rateLimit.address));
  const users = shared(new Buckets('user', rateLimit.user));
  const companies = shared(new Buckets('company', rateLimit.company));
  const narrowed = new Map<number, Buckets>();

  function narrow(perMinute: number): Buckets {
    let buckets = narrowed.get(perMinute);
    if (buckets === undefined) {
      buckets = shared(new Buckets('route', rateLimit.address === 0 ? 0 : perMinute), `route ${perMinute}`);
      narrowed.set(perMinute, buckets);
    }
    return buckets;
  }
  function shared(buckets: Buckets, name = buckets.name): Buckets {
    if (exchange !== undefined) buckets.share(exchange.processes, (key, count) => exchange.tell([name, key, count]));
    return buckets;
  }
  exchange?.onTold(([name, key, count]) => {
    const route = /^route (\d+)$/.exec(name)?.[1];
    const told = [addresses, refused, users, companies].find((buckets) => buckets.name === name);
    (route === undefined ? told : narrow(Number(route)))?.charge(key, count);
  });
  const spend = (buckets: Buckets, key: string) => (buckets.take(key) ? undefined : buckets.refusal(key));

  return {
    onArrival(request) {
      const { scope, limit } = request.routeOptions.config;
      const address = network(request.ip);
      if (limit !== undefined) {
        const over = spend(narrow(limit.perMinute), `${request.routeOptions.url} ${address}`);
        if (over !== undefined) return over;
      }
      if (scope === undefined || scope === 'public' || scope === 'webhook') return spend(addresses, address);
      return refused.isEmpty(address) ? refused.refusal(address) : undefined;
    },
    onCaller({ caller }) {
      if (caller === undefined) return undefined;
      if (caller.kind === 'super') return spend(users, caller.identityId);
      // A key works on its own behalf: an integration that runs wild must not lock out the person who made it.
      return (
        spend(users, caller.apiKeyId ?? caller.userId ?? caller.sessionId ?? '') ?? spend(companies, caller.companyId)
      );
    },
    onRefused(request, answer) {
      const address = network(request.ip);
      return refused.take(address) ? answer : refused.refusal(address);
    },
  };
}

/** What one customer of an access provider holds: an IPv4 address, or the /64 of an IPv6 address. */
export function network(ip: string): string {
  if (!ip.includes(':')) return ip;
  if (ip.includes('.')) return ip.slice(ip.lastIndexOf(':') + 1);
  const [head = '', tail] = ip.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4).join(':');
}

/** Register before and after the scopes: see app.ts. */
export function limitArrivals(app: FastifyInstance, limits: Limits): void {
  app.addHook('onRequest', (request, _reply, done) => done(limits.onArrival(request)));
}

export function limitCallers(app: FastifyInstance, limits: Limits): void {
  app.addHook('onRequest', (request, _reply, done) => done(limits.onCaller(request)));
}
