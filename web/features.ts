import { type ComponentType, lazy } from 'react';
import type { IconName } from './kit/icon.tsx';
import { session, type User } from './session/session.ts';

/** Whose page it is: a company's people's, the platform's staff's, or both. */
export type Audience = 'company' | 'platform' | 'everyone';

export interface FeaturePage {
  path: `/${string}`;
  load: () => Promise<{ default: ComponentType }>;
  /** `company`, unless told. */
  audience?: Audience;
  /** Shown without the shell: to people who are not logged in, or to `anybody`, as what a letter's link leads to. */
  isPublic?: boolean | 'anybody';
}

export interface NavEntry {
  path: `/${string}`;
  /** A key of the feature's texts, with its namespace: `contacts:nav`. */
  label: string;
  icon: IconName;
  order: number;
  audience?: Audience;
  /** Pressed after g, goes there. */
  key: string;
}

/** Something to do from anywhere: a form over the page that is shown. */
export interface Action {
  /** A key of the feature's texts, with its namespace: `contacts:new`. */
  label: string;
  icon: IconName;
  order: number;
  load: () => Promise<{ default: ComponentType<{ onClose: () => void }> }>;
}

/** A place in the app, as the router takes it. */
export interface Place {
  to: string;
  search?: Record<string, string | undefined>;
}

export interface Found extends Place {
  id: string;
  title: string;
  detail?: string | undefined;
}

/** Finds records of one kind by what is typed. */
export interface Finder {
  /** Begins the queries' keys: live changes of this table renew what was found. */
  table: string;
  label: string;
  icon: IconName;
  order: number;
  /** The list of all that is found. */
  all: (words: string) => Place;
  load: () => Promise<{ find: (words: string, limit: number, signal: AbortSignal) => Promise<Found[]> }>;
}

export interface Feature {
  pages: FeaturePage[];
  nav?: NavEntry[];
  actions?: Action[];
  finder?: Finder;
  /** Stands beside the company's name on every page. */
  tray?: () => Promise<{ default: ComponentType }>;
}

const found = import.meta.glob<Feature>('../features/*/web/index.tsx', { eager: true, import: 'feature' });

export const features: Feature[] = Object.values(found);
export const pages: FeaturePage[] = features.flatMap((feature) => feature.pages);
const entries: NavEntry[] = features.flatMap((feature) => feature.nav ?? []).sort((a, b) => a.order - b.order);

export const actions = features.flatMap((feature) => feature.actions ?? []).sort((a, b) => a.order - b.order);
export const finders = features.flatMap((feature) => feature.finder ?? []).sort((a, b) => a.order - b.order);
export const trays = features.flatMap((feature) => feature.tray ?? []).map((load) => lazy(load));

export function isFor(user: User | undefined, { audience = 'company' }: { audience?: Audience }): boolean {
  return audience === 'everyone' || audience === (user?.company_id === null ? 'platform' : 'company');
}

/** Where this person can go. */
export const navOf = (user: User | undefined): NavEntry[] => entries.filter((entry) => isFor(user, entry));
export const home = () => navOf(session.user())[0]?.path ?? '/';
