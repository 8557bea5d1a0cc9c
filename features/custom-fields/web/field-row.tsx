import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { Confirm } from '../../../web/kit/confirm.tsx';
import type { Field } from './field.ts';
import classes from './fields.module.css';

export function FieldRow({ field, onEdit }: { field: Field; onEdit: () => void }) {
  const { t } = useTranslation('custom-fields');
  const [isAsking, setAsking] = useState(false);
  const { label } = field;
  const remove = useChange(
    () =>
      answer(api.DELETE('/api/custom-fields/{custom_field_id}', { params: { path: { custom_field_id: field.id } } })),
    { tables: ['custom_field_definitions'], done: t('deleted', { label }), onDone: () => setAsking(false) },
  );
  const detail = [t(`types.${field.type}`), ...(field.options.length > 0 ? [field.options.join(', ')] : [])];
  return (
    <>
      <div className={classes.text}>
        <span className={classes.label}>{label}</span>
        {field.is_required && <span className={classes.required}>{t('required')}</span>}
        <div className={classes.detail}>
          {detail.join(' · ')} · <code>{field.key}</code>
        </div>
      </div>
      <span className={classes.buttons}>
        <Button variant="default" size="xs" aria-label={t('editThis', { label })} onClick={onEdit}>
          {t('edit')}
        </Button>
        <Button variant="subtle" size="xs" aria-label={t('deleteThis', { label })} onClick={() => setAsking(true)}>
          {t('delete')}
        </Button>
      </span>
      {isAsking && (
        <Confirm
          title={t('deleteTitle', { label })}
          text={t('deleteText', { key: field.key, type: t(`types.${field.type}`) })}
          action={t('deleteSubmit')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
