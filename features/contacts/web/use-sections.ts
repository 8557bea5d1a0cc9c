import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, answer, api } from '../../../web/api/client.ts';
import { usePeople } from '../../../web/api/people.ts';
import type { SheetSection } from '../../../web/kit/sheet-lines.ts';
import type { Field } from './fields.ts';
import { type Asked, type Group, narrowed, orderOf } from './use-contacts.ts';

type Counted = Answer<'/api/contacts/groups', 'get'>;
// A value is encoded, so that no value is called as these two are, or holds a comma.
const NONE = '/none';
const REST = '/rest';

/** How many contacts each group has; nothing while the list is not grouped. */
function useGroups({ group, ...asked }: Asked) {
  const isGrouped = group !== '';
  const { data, error, isPlaceholderData } = useQuery({
    // Begins as the list's own pages do: what makes them stale makes the counts stale.
    queryKey: ['contacts', 'list', { groups: group, ...narrowed({ ...asked, group }) }],
    queryFn: () =>
      answer(
        api.GET('/api/contacts/groups', {
          params: { query: { by: group as Group, ...narrowed({ ...asked, group }) } },
        }),
      ),
    enabled: isGrouped,
    placeholderData: (before, query) =>
      (query?.queryKey[2] as { groups?: string } | undefined)?.groups === group ? before : undefined,
  });
  return { data: isGrouped ? data : undefined, error: isGrouped && !data ? error : null, isPlaceholderData };
}

interface Words {
  field: Field;
  none: string;
  rest: string;
  /** Those too that are no longer there to be chosen. */
  nameOf: (id: string) => string | undefined;
}

/** The headings: choices in their own order, people and companies by name, what has no value at the end. */
export function sectionsOf(
  { items, total }: Counted,
  { field, none, rest, nameOf }: Words,
  isDescending: boolean,
  closed: ReadonlySet<string>,
): SheetSection[] {
  const left = total - items.reduce((sum, { count }) => sum + count, 0);
  const listed = items.map(({ value, count }, index) => {
    const option = field.options?.findIndex((each) => each.value === value) ?? -1;
    const isPerson = field.type === 'person';
    return {
      id: value === null ? NONE : encodeURIComponent(value),
      label: value === null ? none : (field.options?.[option]?.label ?? nameOf(value) ?? value),
      order: value === null ? Number.MAX_SAFE_INTEGER : option < 0 || isPerson ? index : option,
      count,
    };
  });
  const order = Number.MAX_SAFE_INTEGER;
  const all = left > 0 ? [...listed, { id: REST, label: rest, order, count: left }] : listed;
  let at = isDescending ? total : 0;
  const placed = all.map((each) => {
    if (isDescending) at -= each.count;
    const section = { ...each, at, isOpen: !closed.has(each.id) };
    if (!isDescending) at += each.count;
    return section;
  });
  const byName = field.type === 'person' ? new Intl.Collator().compare : undefined;
  return placed.sort((a, b) => {
    const isOwn = (id: string) => id !== NONE && id !== REST;
    return byName && isOwn(a.id) && isOwn(b.id) ? byName(a.label, b.label) : a.order - b.order;
  });
}

/** The headings that the list has while it is grouped, and what folds and unfolds them. */
export function useSections(asked: Asked, fields: Field[], folded: string, fold: (closed: string) => void) {
  const { t } = useTranslation('contacts');
  const { data: counted, error, isPlaceholderData } = useGroups(asked);
  const people = usePeople();
  const field = fields.find(({ key }) => key === asked.group);
  const isDescending = orderOf(asked).startsWith('-');
  const sections = useMemo(() => {
    if (!counted || !field) return undefined;
    const words = {
      field,
      none: t('group.none', { label: field.label }),
      rest: t('group.rest'),
      nameOf: people.nameOf,
    };
    return sectionsOf(counted, words, isDescending, new Set(folded.split(',')));
  }, [t, people, counted, field, isDescending, folded]);
  return {
    sections,
    /** The list is grouped, and its groups are not known yet. */
    isPending: asked.group !== '' && !sections && !error,
    isPlaceholder: asked.group !== '' && isPlaceholderData,
    error,
    toggle({ id }: SheetSection) {
      const closed = folded.split(',').filter(Boolean);
      fold((closed.includes(id) ? closed.filter((each) => each !== id) : [...closed, id]).join(','));
    },
  };
}
