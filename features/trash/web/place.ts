import type { Place } from '../../../web/features.ts';

export const kinds = ['contacts', 'deals', 'activities'] as const;
export type Kind = (typeof kinds)[number];

/** Where the deleted ones are looked at. */
export const trashPlace = (kind: Kind): Place => ({ to: '/trash', search: kind === 'contacts' ? {} : { of: kind } });
