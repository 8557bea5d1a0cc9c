import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '../../../web/kit/notify.ts';
import type { Span } from '../../../web/kit/sheet-lines.ts';
import type { Selection } from '../../../web/kit/sheet-props.ts';
import { type Contact, fullName } from './contact.ts';

/** As many as one request changes. */
export const MOST = 500;

/** Contacts that were picked, as they were when picked; another list begins with none. */
export function useSelection(
  listKey: string,
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
  const addRange = async (range: Span[]) => {
    const within: Promise<Contact[]>[] = [];
    let left = MOST;
    for (const [first, last] of range) {
      if (left > 0) within.push(rows(first, Math.min(last, first + left - 1)));
      left -= last - first + 1;
    }
    add((await Promise.all(within)).flat(), picked);
    if (left < 0) notifyDone(t('bulk.most', { count: MOST }));
  };
  return {
    contacts: [...picked.values()],
    size: picked.size,
    has: (id) => picked.has(id),
    label: (contact) => t('bulk.select', { name: fullName(contact) }),
    clear: () => keep(new Map()),
    toggle(contact, range) {
      if (range && (range.length > 1 || range.some(([first, last]) => first !== last))) {
        // What is near is there at once; the rest follows.
        add([contact], picked);
        return void addRange(range);
      }
      const next = new Map(picked);
      if (!next.delete(contact.id)) return add([contact], picked);
      keep(next);
    },
    toggleAll(shown) {
      if (picked.size > 0) return keep(new Map());
      void addRange(shown);
    },
  };
}
