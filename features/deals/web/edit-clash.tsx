import { Alert, Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../web/api/people.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import type { OwnField } from '../../custom-fields/web/own-field.ts';
import { isNothing, OwnValue } from '../../custom-fields/web/own-value.tsx';
import classes from './edit-clash.module.css';
import { type Field, type Values, valueIn } from './edit-values.ts';

interface Props {
  fields: Field[];
  own: OwnField[];
  mine: Values;
  theirs: Values;
  onMine: () => void;
  onTheirs: () => void;
}

/** Two people changed the same: both are shown, and one of them decides. */
export function EditClash({ fields, own, mine, theirs, onMine, onTheirs }: Props) {
  const { t } = useTranslation('deals');
  const people = usePeople();
  const ownOf = (field: Field) => own.find(({ key }) => field === `custom_fields.${key}`);
  const nameOf = (field: Field) => ownOf(field)?.label ?? t(`fields.${field.replace('_id', '')}`);
  const shown = (field: Field, values: Values): ReactNode => {
    const value = valueIn(values, field);
    const custom = ownOf(field);
    // What is being typed is text still.
    if (custom && typeof value !== 'string' && !isNothing(value)) return <OwnValue field={custom} value={value} />;
    const name = field === 'owner_id' ? people.nameOf(String(value)) : Array.isArray(value) ? value.join(', ') : value;
    return String(name ?? '') || '–';
  };
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
              <th scope="row">{nameOf(field)}</th>
              <td>{shown(field, mine)}</td>
              <td>{shown(field, theirs)}</td>
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
