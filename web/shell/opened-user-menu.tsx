import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../kit/icon.tsx';
import { logOut } from '../session/log-out.ts';
import { useUser } from '../session/use-session.ts';
import { LanguageItems } from './language-items.tsx';
import classes from './shell.module.css';

/** What the user's button opens, and that button itself: it opens as soon as it is there, having been asked for. */
export default function OpenedUserMenu({ button }: { button: ReactElement }) {
  const { t } = useTranslation();
  const user = useUser();
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed is gone with its focus, which goes back to where it was when the menu closes.
    place.current?.querySelector('button')?.focus({ preventScroll: true });
    setOpen(true);
  }, []);
  return (
    <div ref={place} className={classes.opened}>
      <Menu position="top-start" width="target" opened={isOpen} onChange={setOpen}>
        <Menu.Target>{button}</Menu.Target>
        <Menu.Dropdown>
          <Menu.Label className={classes.email}>{user.email}</Menu.Label>
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
    </div>
  );
}
