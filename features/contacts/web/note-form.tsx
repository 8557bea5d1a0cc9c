import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { FormProblem } from '../../../web/kit/form-problem.tsx';
import { useGuard } from '../../../web/kit/guard.tsx';
import classes from './contact-page.module.css';
import { isConflict } from './saving.ts';

/** A note that is being changed. */
export interface Draft {
  id: string;
  body: string;
  version: number;
  /** What a colleague made of it while it was being edited. */
  theirs?: string;
}

export const readNote = (id: string) => answer(api.GET('/api/notes/{note_id}', { params: { path: { note_id: id } } }));

/** The note as it is now, to be changed. */
export const readDraft = async (id: string): Promise<Draft> => {
  const { body, version } = await readNote(id);
  return { id, body, version };
};

interface Props {
  draft: Draft;
  /** Without one it is no longer being changed. */
  onDraft: (draft: Draft | undefined) => void;
  onSaved: () => Promise<void>;
}

/** Changes a note; Escape leaves it, and asks first where something was written. */
export function NoteForm({ draft, onDraft, onSaved }: Props) {
  const { t } = useTranslation(['contacts', 'app']);
  const leave = () => onDraft(undefined);
  const { close, isAsking, guard } = useGuard(leave);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: ({ id, body, version }: Draft) =>
      answer(
        api.PATCH('/api/notes/{note_id}', {
          params: { path: { note_id: id } },
          body: { body },
          headers: { 'If-Match': `"${version}"` },
        }),
      ),
    onSuccess: () => {
      leave();
      return onSaved();
    },
    onError: async (error, { id, body }) => {
      if (!isConflict(error)) return;
      const theirs = await readNote(id);
      onDraft({ id, body, version: theirs.version, theirs: theirs.body });
    },
  });
  const text = useRef<HTMLTextAreaElement>(null);
  // One goes on where the note ends: a browser would begin before its first word. Nothing is typed past it meanwhile.
  useLayoutEffect(() => {
    const field = text.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);
  const send = () => draft.body.trim() && !save.isPending && save.mutate(draft);
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape' && !isAsking) close();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
  };
  const isDisputed = draft.theirs !== undefined;
  return guard(
    <form
      className={classes.noteForm}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {isDisputed ? (
        <div role="alert" className={classes.theirs}>
          <b>{t('notes.conflict')}</b>
          <p>{draft.theirs}</p>
        </div>
      ) : (
        <FormProblem error={save.error} />
      )}
      <Textarea
        aria-label={t('notes.edit')}
        autosize
        minRows={2}
        ref={text}
        value={draft.body}
        onChange={(event) => onDraft({ ...draft, body: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      <div className={classes.send}>
        <Button type="submit" size="xs" loading={save.isPending} disabled={!draft.body.trim()}>
          {t(isDisputed ? 'conflict.mine' : 'notes.save')}
        </Button>
        <Button size="xs" variant="default" onClick={leave}>
          {isDisputed ? t('conflict.theirs') : t('cancel', { ns: 'app' })}
        </Button>
      </div>
    </form>,
  );
}
