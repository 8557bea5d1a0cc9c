import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePicture } from '../api/picture.ts';
import { Avatar } from '../kit/avatar.tsx';
import { Icon } from '../kit/icon.tsx';
import { logOut } from '../session/log-out.ts';
import { useMe } from '../session/use-me.ts';
import { useUser } from '../session/use-session.ts';
import { LanguageItems } from './language-items.tsx';
import classes from './shell.module.css';

export function UserMenu() {
  const { t } = useTranslation();
  const user = useUser();
  const { data } = useMe();
  const me = user.acting ? user : (data ?? user);
  const picture = usePicture(data?.avatar_url);
  const name = `${me.first_name} ${me.last_name}`.trim() || user.email;
  return (
    <Menu position="top-start" width={216}>
      <Menu.Target>
        <button type="button" className={classes.user}>
          <Avatar name={name} size={30} picture={picture} />
          <span className={classes.userText}>
            <span className={classes.userName}>{name}</span>
            <span className={classes.userRole}>{t(`user.roles.${user.role}`)}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        {!user.acting && (
          <Menu.Item component={Link} to="/profile" leftSection={<Icon name="person" size={16} />}>
            {t('user.profile')}
          </Menu.Item>
        )}
        <LanguageItems />
        <Menu.Item leftSection={<Icon name="logout" size={16} />} onClick={() => void logOut()}>
          {t('user.logout')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
