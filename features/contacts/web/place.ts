import type { Place } from '../../../web/features.ts';

/** Where a contact is looked at. */
export const contactPlace = (id: string): Place => ({ to: `/contacts/${id}` });
