import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { usePicture } from '../../../web/api/picture.ts';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { Facts } from '../../../web/kit/facts.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { SidePanel } from '../../../web/kit/side-panel.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { useUser } from '../../../web/session/use-session.ts';
import { LeaveActions } from './leave-actions.tsx';
import { useOwned } from './owned.ts';
import classes from './people.module.css';
import { type Colleague, nameOf, useIsAdmin, useTwoStep } from './people.ts';
import { LastSeen, PersonStatus, TwoStepMark } from './people-columns.tsx';
import { PersonFields } from './person-fields.tsx';

export function PersonPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('users');
  const { data, error, refetch } = useQuery({
    queryKey: ['users', 'one', id],
    queryFn: () => answer(api.GET('/api/users/{user_id}', { params: { path: { user_id: id } } })),
  });
  return (
    <SidePanel label={data ? nameOf(data) : t('people.panel')} onClose={onClose}>
      {data ? (
        <Details person={data} onGone={onClose} />
      ) : error ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <Lines count={8} />
      )}
    </SidePanel>
  );
}

function Details({ person, onGone }: { person: Colleague; onGone: () => void }) {
  const { t, i18n } = useTranslation('users');
  const isAdmin = useIsAdmin();
  const isSelf = useUser().id === person.id;
  const twoStep = useTwoStep();
  const picture = usePicture(person.avatar_url);
  const owned = useOwned(person.id);
  const number = (value: number) => value.toLocaleString(i18n.language);
  return (
    <>
      <div className={classes.top}>
        <Avatar name={nameOf(person)} size={46} picture={picture} />
        <div>
          <h2 className={classes.heading}>{nameOf(person)}</h2>
          <PersonStatus person={person} />
        </div>
      </div>
      <Facts
        items={[
          [t('people.columns.email'), person.email],
          [t('fields.phone'), person.phone],
          [t('fields.title'), person.title],
          [t('people.columns.role'), !isAdmin && t(`user.roles.${person.user_role}`, { ns: 'app' })],
          [t('people.columns.teams'), !isAdmin && person.teams.map(({ name }) => name).join(', ')],
          [t('people.columns.seen'), <LastSeen key="seen" person={person} />],
          [t('people.columns.twoStep'), twoStep && <TwoStepMark key="two" isOn={twoStep.has(person.id)} />],
          [t('people.joined'), <RelativeTime key="joined" at={person.created_at} />],
          [
            t('people.owns'),
            owned &&
              t('people.ownsThese', {
                contacts: t('people.contacts', { count: owned.contacts, n: number(owned.contacts) }),
                deals: t('people.deals', { count: owned.deals, n: number(owned.deals) }),
                activities: t('people.activities', { count: owned.activities, n: number(owned.activities) }),
              }),
          ],
        ]}
      />
      {isAdmin && <PersonFields person={person} />}
      {isAdmin && !isSelf && <LeaveActions person={person} onGone={onGone} />}
    </>
  );
}
