import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import classes from './notifications.module.css';
import { useUnread } from './use-notifications.ts';

const MOST = 99;

export default function Bell() {
  const { t } = useTranslation('notifications');
  const { data: unread = 0 } = useUnread();
  return (
    <ActionIcon
      component={Link}
      to="/notifications"
      className={classes.bell}
      variant="transparent"
      c="inherit"
      size="lg"
      aria-label={unread > 0 ? t('bell', { count: unread }) : t('bellNone')}
    >
      <Icon name="bell" />
      {unread > 0 && (
        <span className={classes.badge} aria-hidden="true">
          {unread > MOST ? `${MOST}+` : unread}
        </span>
      )}
    </ActionIcon>
  );
}
