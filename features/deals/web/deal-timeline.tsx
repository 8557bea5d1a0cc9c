import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { usePeople } from '../../../web/api/people.ts';
import { useDraft } from '../../../web/drafts.ts';
import { Icon, type IconName } from '../../../web/kit/icon.tsx';
import { notifyProblem } from '../../../web/kit/notify.ts';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { useUser } from '../../../web/session/use-session.ts';
import { type Draft, NoteForm, readDraft } from '../../contacts/web/note-form.tsx';
import type { Deal } from './deal.ts';
import classes from './deal-page.module.css';
import { useActivities } from './deal-todo.tsx';
import { NoteMenu } from './note-menu.tsx';
import { useHistory } from './stage-bar.tsx';

export type Note = Item<'/api/notes'>;

interface Entry {
  id: string;
  at: string;
  icon: IconName;
  who: string | undefined;
  what: ReactNode;
  body?: string | null;
  /** In the body's place, while it is being changed. */
  form?: ReactNode;
  actions?: ReactNode;
}

const useNotes = (dealId: string) =>
  useQuery({
    queryKey: ['notes', 'deal', dealId],
    queryFn: () => answer(api.GET('/api/notes', { params: { query: { deal_id: dealId, limit: 200 } } })),
  });

/** What was written, done and moved, the newest first. */
export function DealTimeline({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  const people = usePeople();
  const me = useUser();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>();
  const refresh = () => client.invalidateQueries({ queryKey: ['notes'] });
  const edit = (id: string) => readDraft(id).then(setDraft).catch(notifyProblem);
  const mayChange = (note: Note) => note.author_id === me.id || me.role === 'company_admin';
  const moves = useHistory(deal.id).data?.items;
  const notes = useNotes(deal.id).data?.items;
  const done = useActivities(deal.id).data?.items.filter(({ completed_at: at }) => at !== null);
  const entries: Entry[] = [
    ...(moves ?? []).map((move) => ({
      id: move.id,
      at: move.created_at,
      icon: 'board' as const,
      who: people.nameOf(move.moved_by),
      what: move.from_stage
        ? t('story.moved', { from: move.from_stage, to: move.to_stage })
        : t('story.created', { to: move.to_stage }),
    })),
    ...(notes ?? []).map((note) => ({
      id: note.id,
      at: note.created_at,
      icon: 'note' as const,
      who: people.nameOf(note.author_id),
      what: t('story.note'),
      body: note.body,
      ...(draft?.id === note.id
        ? { form: <NoteForm draft={draft} onDraft={setDraft} onSaved={refresh} /> }
        : { actions: <NoteMenu note={note} onEdit={mayChange(note) ? () => void edit(note.id) : undefined} /> }),
    })),
    ...(done ?? []).map((activity) => ({
      id: activity.id,
      at: activity.completed_at ?? activity.created_at,
      icon: 'check' as const,
      who: people.nameOf(activity.owner_id),
      what: t('story.done', { kind: t(`kinds.${activity.type}`), subject: activity.subject }),
      body: activity.outcome,
    })),
  ].sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <section aria-labelledby="story">
      <h2 id="story" className={classes.title}>
        {t('story.title')}
      </h2>
      <AddNote deal={deal} />
      {moves ? (
        <ol className={classes.entries}>
          {entries.map((entry) => (
            <li key={entry.id} className={classes.entry}>
              <span className={classes.mark}>
                <Icon name={entry.icon} size={14} />
              </span>
              <div className={classes.text}>
                <p className={classes.what}>
                  {entry.who && <b>{entry.who}</b>} {entry.what}{' '}
                  <span className={classes.when}>
                    <RelativeTime at={entry.at} />
                  </span>
                </p>
                {entry.form ?? (entry.body && <p className={classes.body}>{entry.body}</p>)}
              </div>
              {entry.actions}
            </li>
          ))}
        </ol>
      ) : (
        <Lines count={5} />
      )}
    </section>
  );
}

function AddNote({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  const client = useQueryClient();
  const [body, setBody] = useDraft(`note of deal ${deal.id}`);
  const add = useMutation({
    mutationFn: () => answer(api.POST('/api/notes', { body: { body: body.trim(), deal_id: deal.id } })),
    onSuccess: () => {
      setBody('');
      return client.invalidateQueries({ queryKey: ['notes'] });
    },
  });
  const send = () => body.trim() && !add.isPending && add.mutate();
  return (
    <form
      className={classes.write}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        aria-label={t('story.write')}
        placeholder={t('story.write')}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && send()}
        rows={body ? 4 : 2}
        maxLength={50_000}
      />
      {body.trim() && (
        <Button type="submit" size="xs" loading={add.isPending}>
          {t('story.save')}
        </Button>
      )}
    </form>
  );
}
