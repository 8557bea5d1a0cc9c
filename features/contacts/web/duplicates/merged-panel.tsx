import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../../web/api/client.ts';
import { Avatar } from '../../../../web/kit/avatar.tsx';
import { Facts } from '../../../../web/kit/facts.tsx';
import { SidePanel } from '../../../../web/kit/side-panel.tsx';
import { Lines } from '../../../../web/kit/skeleton.tsx';
import { Status } from '../../../../web/kit/status.tsx';
import { Trouble } from '../../../../web/kit/trouble.tsx';
import { fullName } from '../contact.ts';
import classes from './duplicates.module.css';
import { mergeable } from './merging.ts';
import { useValueText } from './value-text.ts';

export const contactKey = (id: string) => ['contacts', 'one', id];
export const readContact = (id: string) => () =>
  answer(api.GET('/api/contacts/{contact_id}', { params: { path: { contact_id: id } } }));

/** The one contact that came of two. */
export function MergedPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('contacts');
  const { data, error, refetch } = useQuery({ queryKey: contactKey(id), queryFn: readContact(id) });
  const [textOf, nameOf] = useValueText();
  const shown = mergeable.filter((field) => field !== 'first_name' && field !== 'last_name');
  return (
    <SidePanel label={data ? fullName(data) : t('panel')} onClose={onClose}>
      {data ? (
        <>
          <div className={classes.top}>
            <Avatar name={fullName(data)} size={46} />
            <div>
              <h2 className={classes.heading}>{fullName(data)}</h2>
              <Status tone="good" label={t('duplicates.merged')} />
            </div>
          </div>
          <Button
            variant="default"
            size="xs"
            renderRoot={(props) => <Link to="/contacts" search={{ open: id } as never} {...props} />}
          >
            {t('duplicates.open')}
          </Button>
          <Facts items={shown.map((field) => [nameOf(field), textOf(field, data)])} />
        </>
      ) : error ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <Lines count={8} />
      )}
    </SidePanel>
  );
}
