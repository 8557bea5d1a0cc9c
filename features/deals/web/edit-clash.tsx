import { Alert, Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../web/api/people.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import classes from './edit-clash.module.css';
import type { Field, Values } from './edit-values.ts';

interface Props {
  fields: Field[];
  mine: Values;
  theirs: Values;
  onMine: () => void;
  onTheirs: () => void;
}

/** Two people changed the same: both are shown, and one of them decides. */
export function EditClash({ fields, mine, theirs, onMine, onTheirs }: Props) {
  const { t } = useTranslation('deals');
  const people = usePeople();
  const text = (field: Field, value: Values[Field]) =>
    (field === 'owner_id' ? people.nameOf(String(value)) : Array.isArray(value) ? value.join(', ') : value) || '–';
  return (
    <Alert color="red" variant="light" icon={<Icon name="warning" />} role="alert" title={t('clash.title')}>
      <table className={classes.clash}>
        <thead>
          <tr>
            <th>{t('clash.field')}</th>
            <th>{t('clash.mine')}</th>
            <th>{t('clash.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{t(`fields.${field.replace('_id', '')}`)}</th>
              <td>{text(field, mine[field])}</td>
              <td>{text(field, theirs[field])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Group gap={8} mt={10}>
        <Button size="xs" variant="default" onClick={onMine}>
          {t('clash.keepMine')}
        </Button>
        <Button size="xs" variant="default" onClick={onTheirs}>
          {t('clash.takeTheirs')}
        </Button>
      </Group>
    </Alert>
  );
}
