import type { Role } from '../server/platform/session.ts';

/** What a demo company is, before its days are told. People are known by their first names, in lower case. */
export interface DemoCompany {
  seed: number;
  name: string;
  /** Of its people's addresses; `.example` belongs to nobody (RFC 2606). */
  domain: string;
  what: string;
  company: Record<string, string>;
  currency: string;
  /** Hours ahead of UTC, near enough for a demo. */
  utcOffset: number;
  /** Days ago that it registered. */
  age: number;
  people: readonly DemoPerson[];
  teams: readonly { name: string; description: string; lead: string; members: readonly string[] }[];
  tags: Readonly<Record<string, string>>;
  fields: readonly DemoField[];
  stages: readonly DemoStage[];
  /** Stages that were given up when the pipeline was tidied: old deals went through them. */
  retired: readonly string[];
  /** Days ago that the pipeline was tidied. */
  tidied: number;
  contacts: readonly DemoContact[];
  deals: readonly DemoDeal[];
  wonReasons: readonly string[];
  lostReasons: readonly string[];
  talk: Talk;
  /** What its first person, the admin, has to do: days from today, negative ones are late. */
  desk: readonly { type: 'call' | 'meeting' | 'task' | 'deadline'; subject: string; day: number; hour: number }[];
  views: readonly DemoView[];
  invited: { email: string; role: Role; by: string };
}

export interface DemoPerson {
  first: string;
  last: string;
  role: Role;
  title: string;
  phone: string;
  manager?: string;
  /** Whether the demo tells how to log in as them. */
  login?: true;
}

export interface DemoField {
  resource: 'contacts' | 'deals';
  key: string;
  label: string;
  type: 'text' | 'number' | 'date' | 'boolean' | 'select' | 'multi_select';
  options?: readonly string[];
}

export interface DemoStage {
  name: string;
  probability: number;
  rots?: number;
  /** Days that a deal usually stays. */
  stay?: number;
  closed?: 'won' | 'lost';
}

export interface DemoContact {
  first: string;
  last: string;
  title: string;
  at: string;
  city: string;
  state?: string;
  postcode: string;
  street: string;
  phone: string;
  mobile?: string;
  status: 'NEW' | 'LEAD' | 'PROSPECT' | 'CONTACTED' | 'QUALIFIED' | 'UNQUALIFIED' | 'CUSTOMER' | 'INACTIVE';
  source: 'website' | 'referral' | 'linkedin' | 'cold_email' | 'trade_show' | 'social_media' | 'other';
  score: number;
  owner: string;
  /** Days ago. */
  since: number;
  tags?: readonly string[];
  custom?: Record<string, unknown>;
  notes?: string;
  /** Seen by its owner alone. */
  isPrivate?: true;
}

export interface DemoDeal {
  title: string;
  /** Index into the contacts. */
  contact: number;
  value: number;
  /** A stage's name: where it is today. */
  stage: string;
  /** Days ago that it began. */
  began: number;
  tags?: readonly string[];
  custom?: Record<string, unknown>;
}

/** What the company's people do and write, by the kind of activity. */
export interface Talk {
  done: readonly { type: 'call' | 'email' | 'meeting' | 'task'; subject: string; outcome: string; minutes: number }[];
  planned: readonly { type: 'call' | 'email' | 'meeting' | 'task' | 'deadline'; subject: string; location?: string }[];
  notes: readonly string[];
}

export interface DemoView {
  resource: 'contacts' | 'deals' | 'activities';
  name: string;
  definition: Record<string, unknown>;
  owner: string;
  isShared: boolean;
}
