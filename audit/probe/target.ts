import type { Client } from './client.ts';
import type { Endpoint } from './endpoints.ts';
import type { Catalog, Company } from './seed.ts';

/** Somebody of a company, logged in. What is not known of them is empty. */
export interface Person extends Client {
  userId: string;
  companyId: string;
  token: string;
  /** The headers that log them in. */
  credential: Readonly<Record<string, string>>;
}

/** A company, as far as it is known, and who acts for it. */
export interface Side {
  company: Company;
  person: Person;
  /** Who succeeds with the request for it, where that is not its person: staff, a stranger with a link. */
  caller?: Client;
  /** Values of the request that were prepared for it. */
  given?: Given;
}

export interface Given {
  path: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  body: Readonly<Record<string, unknown>>;
  /** Answers beside 2xx that only who was let in gets. */
  accepted: readonly number[];
}

/** A company could not be brought into the state in which a request succeeds. */
export class NotPrepared extends Error {}

/** What must have happened to a company's rows before a request to an endpoint succeeds. */
export interface State {
  name: string;
  /** What does it, where it is a statement. */
  sql?: string;
  /** Whether the request itself was prepared by it: who makes it, and with what. */
  isPrepared?: true;
}

/** How it is seen what became of a company's rows: in the database itself, or by asking the API again. */
export interface Evidence {
  /** Whether `near` leaves anything out. */
  partial: boolean;
  /** Name of a thing of the company's, or of a table of them -> hash. `near`: only what the endpoint might touch. */
  hashes(side: Side, near?: Endpoint): Promise<Map<string, string>>;
  /** `table id` -> hash. */
  rows(side: Side, near?: Endpoint): Promise<Map<string, string>>;
  /** One row more of everything. */
  grow(side: Side, near?: Endpoint): Promise<void>;
  /** Where a company's rows hold another's mark: what was written into the wrong company’s rows. */
  strays(side: Side, mark: string): Promise<string[]>;
}

/** What all attacks of a run share: a server with two companies or more, and how they are reached. */
export interface Target {
  catalog: Catalog;
  evidence: Evidence;
  anonymous: Client;
  /** Staff of the platform; undefined where none lends a login. */
  superAdmin: Client | undefined;
  /** Somebody who worked in a company and no longer does: their token is signed well and has not expired. */
  leaver: Client | undefined;
  /** Whoever has this token, said as the server expects it. */
  as(token: string): Client;
  /** The states in which an endpoint may have to be asked, the plain one first. */
  states(endpoint: Endpoint): State[];
  /** A company that may be changed, in a state; undefined where it cannot be in it. `role`: whose it is. */
  prepared(state: State, endpoint: Endpoint, role: 'a' | 'b'): Promise<Side | undefined>;
  /** Has a company change something through the API, so that whoever listens hears of it. */
  stir(side: Side): Promise<void>;
  /** Somebody of the platform's staff whose leave to act in the company is over; undefined where there is no such thing. */
  expired: ((side: Side) => Promise<Client>) | undefined;
  /** A key of the company's, and who calls with one; undefined where the API hands out none. */
  keys: { of(side: Side): Promise<string>; as(key: string): Client } | undefined;
  /** Where it listens, for those who must give up in the middle or speak another protocol. */
  address(): Promise<URL>;
  /** Forgets every job that is due: letters of other attacks. */
  forgetJobs(): Promise<void>;
  /** Has every job run that was caused so far. */
  workOff(): Promise<void>;
  /** Whether the answer's time may be measured: not where the machine is shared with the attacks. */
  timed: boolean;
  /** Whether a fault of the server is one of ours, and a bad token must get a 401 and nothing else. */
  strict: boolean;
  /** Words of A's that B itself wrote into its own rows, and will read there. */
  planted: Set<string>;
  /** Whether it is known that no other company is there whose rows might be hurt. */
  alone: boolean;
}
