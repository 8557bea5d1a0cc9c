import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../web/kit/avatar.tsx';
import type { SheetColumn } from '../../../web/kit/sheet-props.ts';
import { Status } from '../../../web/kit/status.tsx';
import { lazy } from '../../../web/lazy.ts';
import { type Contact, fullName, tones } from './contact.ts';
import classes from './contacts.module.css';
import { FieldValue } from './field-value.tsx';
import { type Change, changeTo, type Field, held } from './fields.ts';

const CellEditor = lazy(() => import('./cell-editor.tsx'));

const widths: Record<string, number> = {
  company: 160,
  email: 180,
  phone: 152,
  mobile: 152,
  status: 122,
  owner_id: 156,
  lead_score: 70,
  tags: 130,
  created_at: 92,
  updated_at: 92,
};

/** The name, and then the columns that were chosen, in their order. */
export function useContactColumns(
  fields: Field[],
  chosen: string,
  change: (contact: Contact, change: Change) => void,
): SheetColumn<Contact>[] {
  const { t } = useTranslation('contacts');
  return useMemo(() => {
    const name: SheetColumn<Contact> = {
      id: 'name',
      header: t('columns.name'),
      width: 230,
      grow: 2,
      sort: 'name',
      cell: (contact) => <NameCell contact={contact} />,
    };
    const others = chosen.split(',').flatMap((key): SheetColumn<Contact>[] => {
      const field = fields.find((found) => found.key === key);
      if (!field) return [];
      const isEnd = field.type === 'number' || field.type === 'money' || field.type === 'time';
      return [
        {
          id: key,
          header: field.label,
          width: widths[key] ?? 140,
          ...(isEnd ? {} : { grow: 1 }),
          align: isEnd ? 'end' : undefined,
          sort: field.sort,
          // Called, not mounted: what stands between a row and its text is gone through for each of its cells.
          cell: (contact) => FieldValue({ field, value: held(contact, key) }),
          editor: field.isFixed
            ? undefined
            : (contact, close, typed) => (
                <CellEditor
                  field={field}
                  value={held(contact, key)}
                  typed={typed}
                  onSave={(value) => change(contact, changeTo(key, value ?? (field.type === 'tags' ? [] : null)))}
                  onClose={close}
                />
              ),
        },
      ];
    });
    return [name, ...others];
  }, [t, fields, chosen, change]);
}

function NameCell({ contact }: { contact: Contact }) {
  const name = fullName(contact);
  return (
    <span className={classes.name}>
      <Avatar name={name} size={24} />
      <span className={classes.cut}>
        <b>{name}</b> {contact.title && <span className={classes.soft}>{contact.title}</span>}
      </span>
    </span>
  );
}

export function NarrowContact({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const name = fullName(contact);
  return (
    <span className={classes.narrow}>
      <Avatar name={name} size={34} />
      <span className={classes.cut}>
        <b>{name}</b>
        <br />
        <span className={classes.soft}>{contact.company ?? contact.email}</span>
      </span>
      <span className={classes.narrowStatus}>
        <Status tone={tones[contact.status]} label={t(`statuses.${contact.status}`)} />
      </span>
    </span>
  );
}
