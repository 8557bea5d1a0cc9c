import { Button, CloseButton, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { problemText } from '../../../web/kit/notify.ts';
import { amount, isAmount } from './amount.ts';
import type { Stage } from './deal.ts';
import classes from './quick-create.module.css';

interface Props {
  stage: Stage;
  onClose: () => void;
}

/** A title, a value, Enter: the deal is in the column, and the next one can be typed. */
export function QuickCreate({ stage, onClose }: Props) {
  const { t } = useTranslation(['deals', 'app']);
  const client = useQueryClient();
  const first = useRef<HTMLInputElement>(null);
  const [title, setTitle] = useState('');
  const [value, setValue] = useState('');
  const isWrong = value.trim() !== '' && !isAmount(value);
  const create = useMutation({
    meta: { quiet: true },
    mutationFn: () => {
      const worth = value.trim() ? { value: amount(value) } : {};
      const body = { title: title.trim(), pipeline_id: stage.pipeline_id, stage_id: stage.id, ...worth };
      return answer(api.POST('/api/deals', { body }));
    },
    onSuccess: () => {
      setTitle('');
      setValue('');
      first.current?.focus();
      return client.invalidateQueries({ queryKey: ['deals'] });
    },
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() && !isWrong && !create.isPending) create.mutate();
  };
  return (
    <form
      className={classes.form}
      aria-label={t('newIn', { stage: stage.name })}
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <TextInput
        ref={first}
        size="xs"
        aria-label={t('fields.title')}
        placeholder={t('fields.title')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={255}
        autoComplete="off"
        autoFocus
        error={create.error && problemText(create.error)}
      />
      <div className={classes.line}>
        <TextInput
          size="xs"
          aria-label={t('fields.value')}
          placeholder={t('fields.value')}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          inputMode="decimal"
          autoComplete="off"
          error={isWrong && t('valueWrong')}
        />
        <Button type="submit" size="xs" loading={create.isPending}>
          {t('add')}
        </Button>
        <CloseButton size="sm" aria-label={t('close', { ns: 'app' })} onClick={onClose} />
      </div>
    </form>
  );
}
