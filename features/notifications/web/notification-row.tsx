import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../../../web/kit/icon.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import classes from './notifications.module.css';
import { said } from './said.ts';
import type { Notification } from './use-notifications.ts';

const icons: Record<Notification['type'], IconName> = {
  info: 'bell',
  success: 'done',
  warning: 'warning',
  error: 'warning',
};

/** Only paths of this app become links. */
const isInside = (link: string | null): link is string => link !== null && /^\/(?![/\\])/.test(link);

interface Props {
  item: Notification;
  onRead: () => void;
}

export function NotificationRow({ item, onRead }: Props) {
  const { t, i18n } = useTranslation('notifications');
  const { title, message } = said(item, i18n);
  const text = (
    <>
      <span className={classes.title}>{title}</span>
      <span className={classes.message}>{message}</span>
    </>
  );
  return (
    <li className={classes.row} data-unread={!item.read || undefined}>
      <span className={classes.kind} data-type={item.type}>
        <Icon name={icons[item.type]} />
      </span>
      {isInside(item.link) ? (
        <Link to={item.link} className={classes.text} onClick={() => !item.read && onRead()}>
          {!item.read && <span className="visually-hidden">{t('isUnread')} </span>}
          {text}
        </Link>
      ) : (
        <div className={classes.text}>{text}</div>
      )}
      <span className={classes.time}>
        <RelativeTime at={item.created_at} />
      </span>
      <span className={classes.act}>
        {!item.read && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('read', { title })}
            title={t('readHint')}
            onClick={onRead}
          >
            <Icon name="check" size={16} />
          </ActionIcon>
        )}
      </span>
    </li>
  );
}
