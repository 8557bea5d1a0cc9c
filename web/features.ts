import type { ComponentType } from 'react';
import type { IconName } from './kit/icon.tsx';

export interface FeaturePage {
  path: `/${string}`;
  load: () => Promise<{ default: ComponentType }>;
  /** Shown to people who are not logged in, without the shell. */
  isPublic?: boolean;
}

export interface NavEntry {
  path: `/${string}`;
  /** A key of the feature's texts, with its namespace: `contacts:nav`. */
  label: string;
  icon: IconName;
  order: number;
  /** Pressed after g, goes there. */
  key: string;
}

export interface Feature {
  pages: FeaturePage[];
  nav?: NavEntry[];
}

const found = import.meta.glob<Feature>('../features/*/web/index.tsx', { eager: true, import: 'feature' });

export const features: Feature[] = Object.values(found);
export const pages: FeaturePage[] = features.flatMap((feature) => feature.pages);
export const nav: NavEntry[] = features.flatMap((feature) => feature.nav ?? []).sort((a, b) => a.order - b.order);
