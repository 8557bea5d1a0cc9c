import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { usePeople } from '../../../web/api/people.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { fullName } from './contact.ts';
import classes from './contacts.module.css';
import { FieldValue } from './field-value.tsx';
import { changed, held, useFields } from './fields.ts';
import { type Conflict, disputed } from './saving.ts';

interface Props {
  conflict: Conflict;
  onTheirs: () => void;
  onMine: () => void;
}

/** Two people changed the same: shows both, and takes neither without being told. */
export default function ConflictDialog({ conflict, onTheirs, onMine }: Props) {
  const { t } = useTranslation('contacts');
  const fields = useFields();
  const people = usePeople();
  const { current, before, change } = conflict;
  const path = { contact_id: current.id };
  const { data } = useQuery({
    queryKey: ['contacts', 'changed by', current.id, current.version],
    queryFn: () =>
      answer(
        api.GET('/api/contacts/{contact_id}/timeline', { params: { path, query: { types: 'change', limit: 1 } } }),
      ),
  });
  const who = people.nameOf(data?.items[0]?.user_id) ?? t('conflict.somebody');
  const mine = changed(before, change);
  return (
    <Dialog title={t('conflict.title', { name: fullName(current) })} onClose={onTheirs} isHeld>
      <p className={classes.conflictText}>{t('conflict.text', { who })}</p>
      <table className={classes.conflict}>
        <thead>
          <tr>
            <td />
            <th scope="col">{who}</th>
            <th scope="col">{t('conflict.you')}</th>
          </tr>
        </thead>
        <tbody>
          {fields
            .filter(({ key }) => disputed(conflict).includes(key))
            .map((field) => (
              <tr key={field.key}>
                <th scope="row">{field.label}</th>
                <td>
                  <FieldValue field={field} value={held(current, field.key)} />
                </td>
                <td>
                  <FieldValue field={field} value={held(mine, field.key)} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" onClick={onMine}>
          {t('conflict.mine')}
        </Button>
        <Button onClick={onTheirs} data-autofocus>
          {t('conflict.theirs')}
        </Button>
      </Group>
    </Dialog>
  );
}
