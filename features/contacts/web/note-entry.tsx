import { ActionIcon, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { notifyProblem } from '../../../web/kit/notify.ts';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { offerUndo } from '../../../web/kit/undo.tsx';
import { useUser } from '../../../web/session/use-session.ts';
import classes from './contact-page.module.css';
import { type Draft, NoteForm, readDraft, readNote } from './note-form.tsx';
import type { Entry } from './timeline-entry.tsx';

/** As much of a note as the timeline carries. */
const CUT = 500;

interface Props {
  contact: string;
  entry: Entry;
  who: string;
}

export function NoteEntry({ contact, entry, who }: Props) {
  const { t } = useTranslation(['contacts', 'app']);
  const me = useUser();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>();
  const [whole, setWhole] = useState<string>();
  const path = { note_id: entry.id };
  const refresh = () => {
    setWhole(undefined);
    return client.invalidateQueries({ queryKey: ['contacts', 'timeline', contact] });
  };
  const edit = () => readDraft(entry.id).then(setDraft).catch(notifyProblem);
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/api/notes/{note_id}', { params: { path } })),
    onSuccess: () => {
      offerUndo(t('notes.deleted'), async () => {
        await answer(api.POST('/api/notes/{note_id}/restore', { params: { path } }));
        await refresh();
      });
      return refresh();
    },
  });
  const isPinned = Boolean(entry.details.pinned_at);
  const pin = useMutation({
    mutationFn: async (): Promise<unknown> =>
      isPinned
        ? answer(api.DELETE('/api/notes/{note_id}/pin', { params: { path } }))
        : answer(api.PUT('/api/notes/{note_id}/pin', { params: { path } })),
    onSuccess: refresh,
  });
  const mayChange = entry.user_id === me.id || me.role === 'company_admin';
  const text = whole ?? entry.title ?? '';
  return (
    <div className={classes.said}>
      <p className={classes.byline}>
        <b>{who}</b> {t('timeline.did.note')} <RelativeTime at={entry.at} />
        {isPinned && <span className={classes.pinned}>{t('notes.pinned')}</span>}
        {!draft && (
          <span className={classes.tools}>
            <Tool icon="pin" label={t(isPinned ? 'notes.unpin' : 'notes.pin')} onClick={() => pin.mutate()} />
            {mayChange && <Tool icon="edit" label={t('notes.edit')} onClick={() => void edit()} />}
            {mayChange && <Tool icon="trash" label={t('notes.delete')} onClick={() => remove.mutate()} />}
          </span>
        )}
      </p>
      {draft ? (
        <NoteForm draft={draft} onDraft={setDraft} onSaved={refresh} />
      ) : (
        <p className={classes.note}>
          {text}
          {whole === undefined && text.length >= CUT && (
            <>
              {'… '}
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => void readNote(entry.id).then(({ body }) => setWhole(body), notifyProblem)}
              >
                {t('notes.whole')}
              </Button>
            </>
          )}
        </p>
      )}
    </div>
  );
}

function Tool({ icon, label, onClick }: { icon: 'pin' | 'edit' | 'trash'; label: string; onClick: () => void }) {
  return (
    <ActionIcon size="sm" variant="subtle" color="gray" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} size={14} />
    </ActionIcon>
  );
}
