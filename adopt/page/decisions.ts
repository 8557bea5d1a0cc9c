import type { Resolution } from '../resolve.ts';

export type Decision = { id: number; resolution: Resolution };

/** What a person chose about one row by a button: a text that comes back as it was given. */
export const buttonFor = (id: number, resolution: Resolution): string => JSON.stringify({ id, resolution });

/**
 * The decisions in a form that was sent: that of a row's own button, or one for all rows that are ticked.
 * @throws saying what the person left open
 */
export function decisionsIn(form: URLSearchParams): Decision[] {
  const one = form.get('decide');
  if (one !== null) return [read(one)];
  const rows = form.getAll('row').map(Number).filter(Number.isSafeInteger);
  if (rows.length === 0) throw new Error('Tick the rows first that this is about.');
  if (form.get('for-all') === 'set-aside') return rows.map((id) => ({ id, resolution: { setAside: true } }));
  const to = form.get('to')?.trim() ?? '';
  if (to === '') throw new Error('Choose first to whom the rows are to go.');
  const privateTo = form.get('private-to')?.trim() ?? '';
  const resolution = { to, detach: form.has('detach'), ...(privateTo !== '' && { privateTo }) };
  return rows.map((id) => ({ id, resolution }));
}

function read(text: string): Decision {
  const { id, resolution } = JSON.parse(text) as Partial<Decision>;
  if (!Number.isSafeInteger(id) || typeof resolution !== 'object' || resolution === null) {
    throw new Error('That is no decision of this page.');
  }
  if ('setAside' in resolution) return { id: id as number, resolution: { setAside: true } };
  const { to, detach = false, privateTo } = resolution as Extract<Resolution, { to: string }>;
  return {
    id: id as number,
    resolution: {
      to: String(to),
      detach: detach === true,
      ...(privateTo !== undefined && { privateTo: String(privateTo) }),
    },
  };
}
