import type { ComponentType } from 'react';
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

export interface Feature {
  pages: FeaturePage[];
  nav?: NavEntry[];
  /** Stands above the first page of a company's people. */
  welcome?: () => Promise<{ default: ComponentType }>;
}

const found = import.meta.glob<Feature>('../features/*/web/index.tsx', { eager: true, import: 'feature' });

export const features: Feature[] = Object.values(found);
export const welcomes = features.flatMap((feature) => feature.welcome ?? []);
export const pages: FeaturePage[] = features.flatMap((feature) => feature.pages);
const entries: NavEntry[] = features.flatMap((feature) => feature.nav ?? []).sort((a, b) => a.order - b.order);

export function isFor(user: User | undefined, { audience = 'company' }: { audience?: Audience }): boolean {
  return audience === 'everyone' || audience === (user?.company_id === null ? 'platform' : 'company');
}

/** Where this person can go. */
export const navOf = (user: User | undefined): NavEntry[] => entries.filter((entry) => isFor(user, entry));
export const home = () => navOf(session.user())[0]?.path ?? '/';
