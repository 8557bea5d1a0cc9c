import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { Avatar } from '../kit/avatar.tsx';
import { Icon } from '../kit/icon.tsx';
import { session } from '../session/session.ts';
import { useUser } from '../session/use-session.ts';
import classes from './shell.module.css';

async function logOut() {
  // The request carries the session it ends; whatever comes of it, this browser forgets.
  await api.POST('/api/auth/logout').catch(() => undefined);
  session.end();
}

export function UserMenu() {
  const { t } = useTranslation();
  const user = useUser();
  const name = `${user.first_name} ${user.last_name}`;
  return (
    <Menu position="top-start" width={216}>
      <Menu.Target>
        <button type="button" className={classes.user}>
          <Avatar name={name} size={30} />
          <span className={classes.userText}>
            <span className={classes.userName}>{name}</span>
            <span className={classes.userRole}>{t(`user.roles.${user.role}`)}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Item leftSection={<Icon name="logout" size={16} />} onClick={() => void logOut()}>
          {t('user.logout')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
