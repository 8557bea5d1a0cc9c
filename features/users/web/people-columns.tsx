import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePicture } from '../../../web/api/picture.ts';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { Status } from '../../../web/kit/status.tsx';
import type { Column } from '../../../web/kit/table.tsx';
import classes from './people.module.css';
import { type Colleague, nameOf, useIsAdmin, useTwoStep } from './people.ts';

export function usePeopleColumns(): Column<Colleague>[] {
  const { t } = useTranslation('users');
  const isAdmin = useIsAdmin();
  const twoStep = useTwoStep();
  return useMemo(() => {
    const columns: Column<Colleague>[] = [
      {
        id: 'name',
        header: t('people.columns.name'),
        width: 'minmax(0, 2.2fr)',
        sort: 'name',
        cell: (row) => <NameCell person={row} />,
      },
      {
        id: 'email',
        header: t('people.columns.email'),
        width: 'minmax(0, 2fr)',
        from: 1040,
        sort: 'email',
        cell: (row) => <span className={classes.soft}>{row.email}</span>,
      },
      {
        id: 'role',
        header: t('people.columns.role'),
        width: '124px',
        cell: (row) => t(`user.roles.${row.user_role}`, { ns: 'app' }),
      },
      {
        id: 'teams',
        header: t('people.columns.teams'),
        width: 'minmax(0, 1.2fr)',
        from: 600,
        cell: (row) => row.teams.map(({ name }) => name).join(', '),
      },
      {
        id: 'status',
        header: t('people.columns.status'),
        width: '112px',
        from: 680,
        cell: (row) => <PersonStatus person={row} />,
      },
      {
        id: 'seen',
        header: t('people.columns.seen'),
        width: '104px',
        align: 'end',
        from: 640,
        cell: (row) => <LastSeen person={row} />,
      },
    ];
    if (isAdmin) {
      columns.splice(5, 0, {
        id: 'twoStep',
        header: t('people.columns.twoStep'),
        width: '112px',
        from: 800,
        cell: (row) => twoStep && <TwoStepMark isOn={twoStep.has(row.id)} />,
      });
    }
    return columns;
  }, [t, isAdmin, twoStep]);
}

export function PersonStatus({ person }: { person: Colleague }) {
  const { t } = useTranslation('users');
  const tone = person.status === 'active' ? 'good' : 'idle';
  return <Status tone={tone} label={t(`people.statuses.${person.status}`)} />;
}

export function TwoStepMark({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation('users');
  return <Status tone={isOn ? 'good' : 'active'} label={t(isOn ? 'people.twoStepOn' : 'people.twoStepOff')} />;
}

export function LastSeen({ person }: { person: Colleague }) {
  const { t } = useTranslation('users');
  return (
    <span className={classes.soft}>
      {person.last_login_at ? <RelativeTime at={person.last_login_at} /> : t('people.neverSeen')}
    </span>
  );
}

function NameCell({ person }: { person: Colleague }) {
  const picture = usePicture(person.avatar_url);
  return (
    <span className={classes.name}>
      <Avatar name={nameOf(person)} picture={picture} />
      <b className={classes.cut}>{nameOf(person)}</b>
    </span>
  );
}

export function NarrowPerson({ person }: { person: Colleague }) {
  const { t } = useTranslation('users');
  const role = t(`user.roles.${person.user_role}`, { ns: 'app' });
  return (
    <span className={classes.name}>
      <Avatar name={nameOf(person)} size={34} />
      <span className={classes.cut}>
        <b>{nameOf(person)}</b>
        <br />
        <span className={classes.soft}>{[role, ...person.teams.map(({ name }) => name)].join(' · ')}</span>
      </span>
      {person.status !== 'active' && (
        <span className={classes.narrowStatus}>
          <PersonStatus person={person} />
        </span>
      )}
    </span>
  );
}
