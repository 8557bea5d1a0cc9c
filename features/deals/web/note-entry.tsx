import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../../web/api/client.ts';
import { notifyProblem } from '../../../web/kit/notify.ts';
import { useUser } from '../../../web/session/use-session.ts';
import { type Draft, NoteForm, readDraft } from '../../contacts/web/note-form.tsx';
import { NoteMenu } from './note-menu.tsx';
import { Said, StoryEntry } from './story-entry.tsx';

interface Props {
  note: Item<'/api/notes'>;
  who: string | undefined;
}

/** A note in a deal's story, changed where it stands: several may be at once, each with its own text. */
export function NoteEntry({ note, who }: Props) {
  const { t } = useTranslation('deals');
  const me = useUser();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>();
  const refresh = () => client.invalidateQueries({ queryKey: ['notes'] });
  const edit = () => void readDraft(note.id).then(setDraft).catch(notifyProblem);
  const mayChange = note.author_id === me.id || me.role === 'company_admin';
  return (
    <StoryEntry
      at={note.created_at}
      icon="note"
      who={who}
      what={t('story.note')}
      actions={!draft && <NoteMenu note={note} onEdit={mayChange ? edit : undefined} />}
    >
      {draft ? <NoteForm draft={draft} onDraft={setDraft} onSaved={refresh} /> : <Said text={note.body} />}
    </StoryEntry>
  );
}
