import { Alert, Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../web/api/problem.ts';
import { FormDrawer } from '../../../web/kit/form-drawer.tsx';
import { FormProblem } from '../../../web/kit/form-problem.tsx';
import { offerUndo } from '../../../web/kit/undo.tsx';
import ConflictDialog from './conflict-dialog.tsx';
import { type Contact, fullName } from './contact.ts';
import classes from './contacts.module.css';
import { FieldInput } from './field-input.tsx';
import { changeTo, held, isSame, joined, parsed, useFields } from './fields.ts';
import { type Conflict, disputed, reverse, save, show } from './saving.ts';

interface Props {
  contact: Contact;
  onClose: () => void;
}

export default function EditContact({ contact, onClose }: Props) {
  const { t } = useTranslation(['contacts', 'app']);
  return (
    <FormDrawer onClose={onClose} title={t('editTitle', { name: fullName(contact) })}>
      <EditForm contact={contact} onClose={onClose} />
    </FormDrawer>
  );
}

/** Fields that are written to are one's own until saved; all others follow what colleagues change meanwhile. */
function EditForm({ contact, onClose }: Props) {
  const { t } = useTranslation(['contacts', 'app']);
  const client = useQueryClient();
  const fields = useFields().filter(({ isFixed }) => !isFixed);
  const [base, setBase] = useState(contact);
  const [written, setWritten] = useState<Record<string, unknown>>({});
  const [conflict, setConflict] = useState<Conflict>();
  const inputOf = (key: string) => (key in written ? written[key] : held(contact, key));
  const valueFrom = (key: string): unknown => {
    const field = fields.find((each) => each.key === key);
    const value = written[key];
    return field && typeof value === 'string' ? parsed(field, value) : value;
  };
  const change = joined(
    Object.keys(written)
      .filter((key) => !isSame(valueFrom(key), held(base, key)))
      .map((key) => changeTo(key, valueFrom(key))),
  );
  const isChanged = Object.keys(change).length > 0;
  const touched = fields.filter(({ key }) => key in written && !isSame(held(contact, key), held(base, key)));
  const finish = (before: Contact, saved: Contact) => {
    show(client, saved);
    void client.invalidateQueries({ queryKey: ['contacts'] });
    offerUndo(t('changed', { name: fullName(saved) }), async () => {
      const undone = await save(saved, reverse(before, change));
      if ('contact' in undone) show(client, undone.contact);
      await client.invalidateQueries({ queryKey: ['contacts'] });
    });
    onClose();
  };
  const submit = useMutation({
    meta: { quiet: true },
    mutationFn: (before: Contact) => save(before, change),
    onSuccess: (saved, before) => {
      if ('conflict' in saved) return setConflict(saved.conflict);
      finish(before, saved.contact);
    },
  });
  const wrong = submit.error instanceof Problem ? submit.error.fields : {};
  const needed = fields.find(({ key, isRequired }) => isRequired && key in written && valueFrom(key) === null);
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isChanged) return onClose();
        if (!needed) submit.mutate(base);
      }}
    >
      <FormProblem error={submit.error} />
      {touched.length > 0 && (
        <Alert color="tide" variant="light" role="status">
          {t('conflict.meanwhile', { fields: touched.map(({ label }) => label).join(', ') })}
        </Alert>
      )}
      <div className={classes.fields}>
        {fields.map((field) => (
          <FieldInput
            key={field.key}
            field={field}
            value={inputOf(field.key)}
            error={
              wrong[field.key.replace(/^cf\./, 'custom_fields.')] ?? (needed === field ? t('required') : undefined)
            }
            onChange={(value) => setWritten((old) => ({ ...old, [field.key]: value }))}
          />
        ))}
      </div>
      <Group gap={8} className={classes.formFoot ?? ''}>
        <Button type="submit" loading={submit.isPending}>
          {t('save', { ns: 'app' })}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel', { ns: 'app' })}
        </Button>
      </Group>
      {conflict && (
        <ConflictDialog
          conflict={conflict}
          onTheirs={() => {
            // Where nobody disputes it, what was written stays, to be saved or left.
            const theirs = disputed(conflict);
            show(client, conflict.current);
            setBase(conflict.current);
            setWritten((old) => Object.fromEntries(Object.entries(old).filter(([key]) => !theirs.includes(key))));
            setConflict(undefined);
          }}
          onMine={() => {
            setConflict(undefined);
            setBase(conflict.current);
            submit.mutate(conflict.current);
          }}
        />
      )}
    </form>
  );
}
