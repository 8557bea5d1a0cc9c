import type { ComponentType } from 'react';
import type { IconName } from './kit/icon.tsx';
import { lazy } from './lazy.ts';
import { session, type User } from './session/session.ts';

/** Whose page it is: a company's people's, the platform's staff's, or both. */
export type Audience = 'company' | 'platform' | 'everyone';

export interface FeaturePage {
  path: `/${string}`;
  load: () => Promise<{ default: ComponentType }>;
  /** `company`, unless told. */
  audience?: Audience;
  /** Whose of the company; everybody's, unless told. */
  roles?: readonly User['role'][];
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
  /** A key of texts that it is also found by: other words for the same. */
  words?: string;
  /** Who may do it; everybody of a company, unless told. */
  roles?: readonly User['role'][];
}

/** A place in the app, as the router takes it. */
export interface Place {
  to: string;
  search?: Record<string, string | undefined>;
}

/** A place that the palette leads to and the navigation does not name; whose it is, its page says. */
export interface PaletteEntry extends Place {
  /** A key of the feature's texts, with its namespace. */
  label: string;
  icon: IconName;
  /** A key of texts that it is also found by: other words for the same. */
  words?: string;
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

/** The groups of the settings' own navigation, in their order. */
export const settingsGroups = ['company', 'records', 'system'] as const;

/** Where a page under `/settings/` stands among the settings; whose it is, the page itself says. */
export interface SettingsEntry {
  path: `/settings/${string}`;
  /** A key of the feature's texts, with its namespace. */
  label: string;
  icon: IconName;
  group: (typeof settingsGroups)[number];
  order: number;
  /** A key of texts that the palette also finds it by. */
  words?: string;
}

export interface Feature {
  pages: FeaturePage[];
  nav?: NavEntry[];
  actions?: Action[];
  /** Where the palette leads beside what the navigation and the settings name. */
  places?: PaletteEntry[];
  finder?: Finder;
  /** Stands beside the company's name on every page. */
  tray?: () => Promise<{ default: ComponentType }>;
  /** Stands above the first page of a company's people. */
  welcome?: () => Promise<{ default: ComponentType }>;
  settings?: SettingsEntry[];
}

const found = import.meta.glob<Feature>('../features/*/web/index.tsx', { eager: true, import: 'feature' });

export const features: Feature[] = Object.values(found);
export const welcomes = features.flatMap((feature) => feature.welcome ?? []);
export const pages: FeaturePage[] = features.flatMap((feature) => feature.pages);
const settings: NavEntry = { path: '/settings', label: 'app:settings', icon: 'settings', order: 90, key: 's' };
const entries: NavEntry[] = [...features.flatMap((feature) => feature.nav ?? []), settings].sort(
  (a, b) => a.order - b.order,
);
const settingsEntries = features
  .flatMap((feature) => feature.settings ?? [])
  .sort((a, b) => settingsGroups.indexOf(a.group) - settingsGroups.indexOf(b.group) || a.order - b.order);

const actions = features.flatMap((feature) => feature.actions ?? []).sort((a, b) => a.order - b.order);
const places = features.flatMap((feature) => feature.places ?? []);
export const finders = features.flatMap((feature) => feature.finder ?? []).sort((a, b) => a.order - b.order);
export const trays = features.flatMap((feature) => feature.tray ?? []).map((load) => lazy(load));

interface For {
  audience?: Audience;
  roles?: readonly User['role'][];
}

export function isFor(user: User | undefined, { audience = 'company', roles }: For): boolean {
  if (roles && !(user && roles.includes(user.role))) return false;
  return audience === 'everyone' || audience === (user?.company_id === null ? 'platform' : 'company');
}

/** Where this person can go. */
export const navOf = (user: User | undefined): NavEntry[] => entries.filter((entry) => isFor(user, entry));
const mayOpen = (user: User | undefined, path: string) => isFor(user, pages.find((page) => page.path === path) ?? {});
/** What this person can see and set. */
export const settingsOf = (user: User | undefined): SettingsEntry[] =>
  settingsEntries.filter(({ path }) => mayOpen(user, path));
/** What this person can do from anywhere. */
export const actionsOf = (user: User | undefined): Action[] => actions.filter((action) => isFor(user, action));
/** Where the palette leads this person beside. */
export const placesOf = (user: User | undefined): PaletteEntry[] => places.filter(({ to }) => mayOpen(user, to));
export const home = () => navOf(session.user())[0]?.path ?? '/';
