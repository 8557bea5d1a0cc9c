import type { Place } from '../../../web/features.ts';

/** Where a deal is looked at. */
export const dealPlace = (id: string): Place => ({ to: `/deals/${id}` });
