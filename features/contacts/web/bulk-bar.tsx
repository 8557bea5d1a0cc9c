import { Button, Menu, TagsInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { type More, offerUndo } from '../../../web/kit/undo.tsx';
import type { Option } from '../../custom-fields/web/own-field.ts';
import { trashPlace } from '../../trash/web/place.ts';
import type { Contact } from './contact.ts';
import classes from './contacts.module.css';
import type { Field } from './fields.ts';

interface Props {
  contacts: Contact[];
  fields: Field[];
  onClear: () => void;
}

type BulkChange = Parameters<typeof api.POST<'/api/contacts/bulk', never>>[1] extends { body: { change: infer C } }
  ? C
  : never;

interface Job {
  run: () => Promise<unknown>;
  undo: () => Promise<unknown>;
  said: string;
  more?: More;
}

const ids = (contacts: Contact[]) => contacts.map(({ id }) => id);
const bulk = (contacts: Contact[], change: object) =>
  contacts.length === 0
    ? Promise.resolve()
    : answer(api.POST('/api/contacts/bulk', { body: { ids: ids(contacts), change: change as BulkChange } }));

/** What can be done with the contacts that are picked; everything of it can be taken back. */
export default function BulkBar({ contacts, fields, onClear }: Props) {
  const { t } = useTranslation(['contacts', 'app', 'trash']);
  const client = useQueryClient();
  const [isTagging, setTagging] = useState(false);
  const count = contacts.length;
  const refresh = () => client.invalidateQueries({ queryKey: ['contacts'] });
  const act = useMutation({
    mutationFn: (job: Job) => job.run(),
    onSuccess: (_, { said, undo, more }) => {
      offerUndo(said, () => undo().then(refresh), more);
      return refresh();
    },
  });

  const put = (key: 'status' | 'owner_id', { value, label }: Option) => {
    const groups = Map.groupBy ? Map.groupBy(contacts, (contact) => contact[key]) : grouped(contacts, key);
    act.mutate({
      said: t('bulk.put', { count, label }),
      run: () => bulk(contacts, { [key]: value }),
      undo: () => Promise.all([...groups].map(([before, group]) => bulk(group, { [key]: before }))),
    });
  };
  const tag = (added: string[], removed: string[]) => {
    setTagging(false);
    if (added.length + removed.length === 0) return;
    act.mutate({
      said: t('bulk.tagged', { count }),
      run: () => bulk(contacts, { add_tags: added, remove_tags: removed }),
      undo: async () => {
        for (const name of added)
          await bulk(
            contacts.filter(({ tags }) => !tags.includes(name)),
            { remove_tags: [name] },
          );
        for (const name of removed)
          await bulk(
            contacts.filter(({ tags }) => tags.includes(name)),
            { add_tags: [name] },
          );
      },
    });
  };
  const remove = () => {
    act.mutate({
      said: t('bulk.deleted', { count }),
      more: { text: t('trash:where'), place: trashPlace('contacts') },
      run: () => answer(api.POST('/api/contacts/bulk-delete', { body: { ids: ids(contacts) } })),
      undo: () => answer(api.POST('/api/contacts/bulk-restore', { body: { ids: ids(contacts) } })),
    });
    onClear();
  };
  useKeys([{ press: 'Delete', label: t('bulk.delete'), run: remove }]);
  const options = (key: string) => fields.find((field) => field.key === key)?.options ?? [];
  const tagNames = options('tags').map(({ value }) => value);
  return (
    <section data-bulk-bar className={classes.bulk} aria-label={t('bulk.label')}>
      <b>{t('bulk.count', { count })}</b>
      <Pick label={t('fields.status')} options={options('status')} onPick={(option) => put('status', option)} />
      <Pick label={t('fields.owner_id')} options={options('owner_id')} onPick={(option) => put('owner_id', option)} />
      <Button size="xs" variant="default" onClick={() => setTagging(true)}>
        {t('fields.tags')}
      </Button>
      <Button size="xs" variant="default" onClick={remove} loading={act.isPending}>
        {t('bulk.delete')}
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={onClear} ml="auto">
        {t('bulk.clear')}
      </Button>
      {isTagging && (
        <Dialog title={t('bulk.tagTitle', { count })} onClose={() => setTagging(false)}>
          <TagForm names={tagNames} used={[...new Set(contacts.flatMap(({ tags }) => tags))]} onDone={tag} />
        </Dialog>
      )}
    </section>
  );
}

function grouped(contacts: Contact[], key: 'status' | 'owner_id') {
  const groups = new Map<string, Contact[]>();
  for (const contact of contacts) groups.set(contact[key], [...(groups.get(contact[key]) ?? []), contact]);
  return groups;
}

function Pick({ label, options, onPick }: { label: string; options: Option[]; onPick: (option: Option) => void }) {
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Button size="xs" variant="default" rightSection={<Icon name="chevronDown" size={13} />}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {options.map((option) => (
          <Menu.Item key={option.value} onClick={() => onPick(option)}>
            {option.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function TagForm({
  names,
  used,
  onDone,
}: {
  names: string[];
  used: string[];
  onDone: (a: string[], r: string[]) => void;
}) {
  const { t } = useTranslation(['contacts', 'app']);
  const [added, setAdded] = useState<string[]>([]);
  const [removed, setRemoved] = useState<string[]>([]);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        onDone(added, removed);
      }}
    >
      <TagsInput label={t('bulk.addTags')} data={names} value={added} onChange={setAdded} data-autofocus />
      <TagsInput label={t('bulk.removeTags')} data={used} value={removed} onChange={setRemoved} />
      <Button type="submit">{t('save', { ns: 'app' })}</Button>
    </form>
  );
}
