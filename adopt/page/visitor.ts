import { randomBytes, timingSafeEqual } from 'node:crypto';

const secret = () => randomBytes(24).toString('base64url');
const same = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** What a request says of who sent it. */
export interface Knock {
  host: string | undefined;
  origin: string | undefined;
  site: string | undefined;
  cookie: string | undefined;
  writes: boolean;
}

/**
 * The one browser that may use the page: that in which the printed address was opened, once. It gets a path and a cookie for
 * that path alone, and needs both: cookies know no ports, and without the path other programs on this machine would be sent
 * it; and the path stands where a shoulder could read it.
 */
export class Visitor {
  #ticket: string | undefined = secret();
  readonly #session = secret();
  readonly path = `/${secret()}`;
  readonly cookieName: string;

  constructor(readonly port: number) {
    this.cookieName = `bulkhead_adopt_${port}`;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What the person opens; it opens once. */
  get address(): string {
    return `${this.origin}/open/${this.#ticket ?? ''}`;
  }

  /** The cookie, for who brings the ticket, and no ticket from then on. */
  admit(ticket: string): string | undefined {
    if (this.#ticket === undefined || !same(ticket, this.#ticket)) return undefined;
    this.#ticket = undefined;
    return `${this.cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=${this.path}`;
  }

  /** Why a request is turned away, if it is: from a name that merely leads here, from another page, from another browser. */
  refusal({ host, origin, site, cookie, writes }: Knock, path: string): string | undefined {
    if (host !== `127.0.0.1:${this.port}`) return 'This page answers under its own address only.';
    if (path.startsWith('/open/')) return undefined;
    if (!path.startsWith(`${this.path}/`)) return 'There is no such page.';
    if (writes && origin !== this.origin) return 'Decisions are taken on this page only.';
    if (writes && site !== undefined && site !== 'same-origin') return 'Decisions are taken on this page only.';
    const held = new Map((cookie ?? '').split(/;\s*/).map((pair) => pair.split('=', 2) as [string, string]));
    if (!same(held.get(this.cookieName) ?? '', this.#session)) return 'This page is open in another browser.';
    return undefined;
  }
}
