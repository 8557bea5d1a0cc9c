import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { InAppLink } from '../../../web/kit/in-app-link.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import type { Column } from '../../../web/kit/table.tsx';
import classes from './audit.module.css';
import { differences, type Entry, linkTo, nameOf } from './entry.ts';
import { useFieldName } from './values.tsx';

export function useAuditColumns(): Column<Entry>[] {
  const { t } = useTranslation('audit-log');
  return useMemo(
    () => [
      {
        id: 'when',
        header: t('columns.when'),
        width: '104px',
        sort: 'created_at',
        cell: (entry) => (
          <span className={classes.soft}>
            <RelativeTime at={entry.created_at} />
          </span>
        ),
      },
      { id: 'who', header: t('columns.who'), width: 'minmax(0, 1.2fr)', cell: (entry) => <Who entry={entry} /> },
      {
        id: 'what',
        header: t('columns.what'),
        width: 'minmax(0, 2.4fr)',
        cell: (entry) => <What entry={entry} isLinked />,
      },
      {
        id: 'fields',
        header: t('columns.fields'),
        width: 'minmax(0, 1.4fr)',
        from: 700,
        cell: (entry) => <Fields entry={entry} />,
      },
    ],
    [t],
  );
}

/** Who did it. A super admin who acted is marked: they are none of the company's. */
export function Who({ entry, size = 22 }: { entry: Entry; size?: number }) {
  const { t } = useTranslation('audit-log');
  if (entry.acting_admin) {
    return (
      <span className={classes.acting} title={t('actingTitle', { email: entry.acting_admin })}>
        <Icon name="shield" size={16} />
        <span className={classes.cut}>{t('acting', { email: entry.acting_admin })}</span>
      </span>
    );
  }
  const name = entry.user_name?.trim() || entry.user_email;
  if (!name) return <span className={classes.soft}>{t(entry.user_id ? 'gone' : 'system')}</span>;
  return (
    <span className={classes.who}>
      <Avatar name={name} size={size} />
      <span className={classes.cut}>{name}</span>
    </span>
  );
}

export function What({ entry, isLinked = false }: { entry: Entry; isLinked?: boolean }) {
  const { t } = useTranslation('audit-log');
  const words = entry.resource_type.replaceAll('_', ' ');
  const type =
    entry.action === 'export' ? t(`types.${entry.resource_type}`, words) : t(`one.${entry.resource_type}`, words);
  const name = nameOf(entry);
  const href = isLinked ? linkTo(entry) : undefined;
  return (
    <>
      {t(`did.${entry.action}`, { type, defaultValue: `${entry.action} ${type}` })}
      {name && (
        <>
          {t('between')}
          <b className={classes.strong}>
            {href ? (
              <InAppLink href={href} onClick={(event) => event.stopPropagation()}>
                {name}
              </InAppLink>
            ) : (
              name
            )}
          </b>
        </>
      )}
    </>
  );
}

function Fields({ entry }: { entry: Entry }) {
  const nameOf = useFieldName();
  if (entry.action !== 'update') return null;
  return (
    <span className={classes.soft}>
      {differences(entry)
        .map(({ field }) => nameOf(field))
        .join(', ')}
    </span>
  );
}

export function NarrowEntry({ entry }: { entry: Entry }) {
  return (
    <span>
      <What entry={entry} />
      <br />
      <span className={classes.soft}>
        {entry.acting_admin ? <Who entry={entry} /> : (entry.user_name ?? entry.user_email)} ·{' '}
        <RelativeTime at={entry.created_at} />
      </span>
    </span>
  );
}
