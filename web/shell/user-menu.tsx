import { type ComponentProps, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePicture } from '../api/picture.ts';
import { unreachable } from '../api/problem.ts';
import { Avatar } from '../kit/avatar.tsx';
import { notifyProblem } from '../kit/notify.ts';
import { lazy } from '../lazy.ts';
import { line } from '../line.ts';
import { useMe } from '../session/use-me.ts';
import { useUser } from '../session/use-session.ts';
import classes from './shell.module.css';

// Menus weigh as much as all of the first page: they come when somebody is about to open one.
const OpenedUserMenu = lazy(() => import('./opened-user-menu.tsx'));
const ahead = () => void OpenedUserMenu.preload();

/** Without a line the page stays as it is. Where the server answers, a deploy took the menu away, which the page mends. */
async function arrived() {
  await OpenedUserMenu.bring().catch(async () => {
    if (!(await line.answers())) throw unreachable();
  });
}

export function UserMenu() {
  const [isCalled, setCalled] = useState(false);
  if (isCalled) return <OpenedUserMenu button={<UserButton />} />;
  return (
    <UserButton
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={ahead}
      onFocus={ahead}
      onClick={() => void arrived().then(() => setCalled(true), notifyProblem)}
    />
  );
}

function UserButton(props: ComponentProps<'button'>) {
  const { t } = useTranslation();
  const user = useUser();
  const { data } = useMe();
  const me = user.acting ? user : (data ?? user);
  const picture = usePicture(data?.avatar_url);
  const name = `${me.first_name} ${me.last_name}`.trim() || user.email;
  return (
    <button type="button" {...props} className={classes.user}>
      <Avatar name={name} size={30} picture={picture} />
      <span className={classes.userText}>
        <span className={classes.userName}>{name}</span>
        <span className={classes.userRole}>{t(`user.roles.${user.role}`)}</span>
      </span>
    </button>
  );
}
