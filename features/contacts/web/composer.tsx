import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { instant } from '../../../web/clock.ts';
import { useDraft } from '../../../web/drafts.ts';
import { FormProblem } from '../../../web/kit/form-problem.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import classes from './contact-page.module.css';

const types = ['note', 'call', 'email', 'meeting', 'task'] as const;
type Type = (typeof types)[number];

/** Writes a note down, or plans what to do next. */
export function Composer({ contact }: { contact: string }) {
  const { t } = useTranslation(['contacts', 'app']);
  const client = useQueryClient();
  const [type, setType] = useState<Type>('note');
  const [text, setText] = useDraft(`note ${contact}`);
  const [due, setDue] = useState('');
  const [input, setInput] = useState<HTMLElement | null>(null);
  const add = useMutation({
    meta: { quiet: true },
    mutationFn: async (): Promise<unknown> => {
      if (type === 'note') return answer(api.POST('/api/notes', { body: { body: text, contact_id: contact } }));
      const due_date = due ? instant(new Date(due)) : null;
      return answer(api.POST('/api/activities', { body: { type, subject: text, contact_id: contact, due_date } }));
    },
    onSuccess: () => {
      setText('');
      setDue('');
      void client.invalidateQueries({ queryKey: ['activities'] });
      return client.invalidateQueries({ queryKey: ['contacts', 'timeline', contact] });
    },
  });
  const send = () => text.trim() && !add.isPending && add.mutate();
  useKeys([{ press: 'n', label: t('composer.focus'), run: () => input?.focus() }]);
  const label = t(type === 'note' ? 'composer.note' : 'composer.subject');
  return (
    <form
      className={classes.composer}
      aria-label={t('composer.label')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <SegmentedControl
        size="xs"
        aria-label={t('composer.type')}
        value={type}
        onChange={(next) => setType(next as Type)}
        data={types.map((value) => ({ value, label: t(`activities.types.${value}`) }))}
      />
      <FormProblem error={add.error} />
      {type === 'note' ? (
        <Textarea
          ref={setInput}
          aria-label={label}
          placeholder={label}
          autosize
          minRows={2}
          maxRows={12}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && send()}
        />
      ) : (
        <div className={classes.plan}>
          <TextInput
            ref={setInput}
            aria-label={label}
            placeholder={label}
            maxLength={255}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            aria-label={t('composer.due')}
            value={due}
            onChange={(event) => setDue(event.currentTarget.value)}
          />
        </div>
      )}
      <div className={classes.send}>
        <Button type="submit" size="xs" disabled={!text.trim()} loading={add.isPending}>
          {t(type === 'note' ? 'composer.addNote' : 'composer.plan')}
        </Button>
        {type === 'note' && <span className={classes.soft}>{t('composer.hint')}</span>}
      </div>
    </form>
  );
}
