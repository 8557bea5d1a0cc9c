import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { usePeople } from '../../../web/api/people.ts';
import { useDraft } from '../../../web/drafts.ts';
import { Lines } from '../../../web/kit/skeleton.tsx';
import type { Deal } from './deal.ts';
import classes from './deal-page.module.css';
import { useActivities } from './deal-todo.tsx';
import { NoteEntry } from './note-entry.tsx';
import { useHistory } from './stage-bar.tsx';
import { Said, StoryEntry } from './story-entry.tsx';

const useNotes = (dealId: string) =>
  useQuery({
    queryKey: ['notes', 'deal', dealId],
    queryFn: () => answer(api.GET('/api/notes', { params: { query: { deal_id: dealId, limit: 200 } } })),
  });

/** What was written, done and moved, the newest first. */
export function DealTimeline({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  const people = usePeople();
  const moves = useHistory(deal.id).data?.items;
  const notes = useNotes(deal.id).data?.items;
  const done = useActivities(deal.id).data?.items.filter(({ completed_at: at }) => at !== null);
  const entries = [
    ...(moves ?? []).map((move) => ({
      at: move.created_at,
      shown: (
        <StoryEntry
          key={move.id}
          at={move.created_at}
          icon="board"
          who={people.nameOf(move.moved_by)}
          what={
            move.from_stage
              ? t('story.moved', { from: move.from_stage, to: move.to_stage })
              : t('story.created', { to: move.to_stage })
          }
        />
      ),
    })),
    ...(notes ?? []).map((note) => ({
      at: note.created_at,
      shown: <NoteEntry key={note.id} note={note} who={people.nameOf(note.author_id)} />,
    })),
    ...(done ?? []).map(({ id, completed_at, created_at, owner_id, type, subject, outcome }) => ({
      at: completed_at ?? created_at,
      shown: (
        <StoryEntry
          key={id}
          at={completed_at ?? created_at}
          icon="check"
          who={people.nameOf(owner_id)}
          what={t('story.done', { kind: t(`kinds.${type}`), subject })}
        >
          <Said text={outcome} />
        </StoryEntry>
      ),
    })),
  ].sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <section aria-labelledby="story">
      <h2 id="story" className={classes.title}>
        {t('story.title')}
      </h2>
      <AddNote deal={deal} />
      {moves ? <ol className={classes.entries}>{entries.map(({ shown }) => shown)}</ol> : <Lines count={5} />}
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
