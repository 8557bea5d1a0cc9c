import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '../../../web/kit/notify.ts';
import type { Selection } from '../../../web/kit/sheet.tsx';
import { type Contact, fullName } from './contact.ts';

/** As many as one request changes. */
export const MOST = 500;

/** Contacts that were picked, as they were when picked; another list begins with none. */
export function useSelection(
  listKey: string,
  count: number,
  rows: (start: number, stop: number) => Promise<Contact[]>,
): Selection<Contact> & { contacts: Contact[] } {
  const { t } = useTranslation('contacts');
  const [state, setState] = useState<{ listKey: string; picked: ReadonlyMap<string, Contact> }>({
    listKey,
    picked: new Map(),
  });
  const picked = useMemo(
    () => (state.listKey === listKey ? state.picked : new Map<string, Contact>()),
    [state, listKey],
  );
  const keep = (next: ReadonlyMap<string, Contact>) => setState({ listKey, picked: next });
  const add = (contacts: Contact[], to: ReadonlyMap<string, Contact>) => {
    const next = new Map(to);
    for (const contact of contacts) if (next.size < MOST) next.set(contact.id, contact);
    keep(next);
  };
  const addRange = async (start: number, stop: number) => {
    const last = Math.min(stop, start + MOST - 1, count - 1);
    add(await rows(start, last), picked);
    if (stop > last && count > last + 1) notifyDone(t('bulk.most', { count: MOST }));
  };
  return {
    contacts: [...picked.values()],
    size: picked.size,
    has: (id) => picked.has(id),
    label: (contact) => t('bulk.select', { name: fullName(contact) }),
    clear: () => keep(new Map()),
    toggle(contact, index, from) {
      if (from !== undefined && from !== index) {
        // What is near is there at once; the rest follows.
        add([contact], picked);
        return void addRange(Math.min(from, index), Math.max(from, index));
      }
      const next = new Map(picked);
      if (!next.delete(contact.id)) return add([contact], picked);
      keep(next);
    },
    toggleAll() {
      if (picked.size > 0) return keep(new Map());
      void addRange(0, count - 1);
    },
  };
}
