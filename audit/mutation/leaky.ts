import { type TSchema, Type } from 'typebox';
import { defineFeature, type Feature } from '../../server/platform/feature.ts';
import type { Differences } from '../application/application.ts';

type Routes = NonNullable<Feature['routes']>;

/** An app whose only feature is this one. */
export const onlyRoutes = (routes: Routes) => (): Differences => ({
  features: [defineFeature({ name: 'leaky', routes })],
});

export const onlyJobs = (jobs: NonNullable<Feature['jobs']>, routes?: Routes) => (): Differences => ({
  features: [defineFeature({ name: 'leaky', jobs, ...(routes === undefined ? {} : { routes }) })],
});

export const company = { scope: 'company' } as const;
export const closed = (properties: Record<string, TSchema>) => Type.Object(properties, { additionalProperties: false });
export const open = (properties: Record<string, TSchema>) => Type.Object(properties);
export const text = Type.String();
