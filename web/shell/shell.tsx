import { ActionIcon } from '@mantine/core';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { home, isFor, navOf, welcomes } from '../features.ts';
import { CompanyFlag } from '../kit/company-flag.tsx';
import { hueOf, wearHue } from '../kit/hue.ts';
import { Icon } from '../kit/icon.tsx';
import { useKeys } from '../kit/keys.ts';
import { lazy } from '../lazy.ts';
import { useReader } from '../session/use-reader.ts';
import { useUser } from '../session/use-session.ts';
import { ActionHost } from './action-host.tsx';
import { LineBanner } from './line-banner.tsx';
import { Palette, useResultsAhead } from './palette.tsx';
import classes from './shell.module.css';
import { Sidebar } from './sidebar.tsx';
import { Trays } from './trays.tsx';

const ActingBanner = lazy(() => import('./acting-banner.tsx'));
const greetings = welcomes.map((load) => lazy(load));
const KeysDialog = lazy(() => import('./keys-dialog.tsx'));

export default function Shell() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const user = useUser();
  const company = user.company_name ?? 'Bulkhead';
  const zone = useReader();
  const [menuAt, setMenuAt] = useState<string>();
  const [shown, setShown] = useState<'keys' | 'palette'>();
  // Going somewhere closes the phone's menu.
  const isMenuOpen = menuAt === pathname;

  useEffect(() => {
    wearHue(hueOf(company));
  }, [company]);
  useResultsAhead();
  useKeys([
    ...navOf(user).map(({ key, label, path }) => ({
      press: `g ${key}`,
      label: t('keys.goTo', { page: t(label) }),
      run: () => void navigate({ to: path }),
    })),
    { press: 'mod+k', label: t('palette.title'), run: () => setShown(shown === 'palette' ? undefined : 'palette') },
    { press: '?', label: t('keys.show'), run: () => setShown('keys') },
  ]);
  return (
    <div className={classes.frame}>
      {user.acting && <ActingBanner company={company} until={user.acting.until} />}
      <LineBanner />
      <div className={classes.shell} data-menu={isMenuOpen || undefined}>
        <a className={classes.skip} href="#content">
          {t('skip')}
        </a>
        <section className={classes.topbar} aria-label={t('topbar')}>
          <ActionIcon
            variant="transparent"
            c="inherit"
            size="lg"
            aria-label={isMenuOpen ? t('close') : t('nav.open')}
            aria-expanded={isMenuOpen}
            onClick={() => setMenuAt(isMenuOpen ? undefined : pathname)}
          >
            <Icon name={isMenuOpen ? 'close' : 'menu'} />
          </ActionIcon>
          <CompanyFlag name={company} size={22} />
          <span className={classes.companyName}>{company}</span>
          <div className={classes.tray}>
            <ActionIcon
              variant="transparent"
              c="inherit"
              size="lg"
              aria-label={t('palette.title')}
              onClick={() => setShown('palette')}
            >
              <Icon name="search" />
            </ActionIcon>
            <Trays />
          </div>
        </section>
        <Sidebar company={company} onKeys={() => setShown('keys')} onPalette={() => setShown('palette')} />
        <main id="content" className={classes.content} tabIndex={-1}>
          {pathname === home() && isFor(user, {}) && greetings.map((Greeting) => <Greeting key={user.id} />)}
          <div className={classes.page}>
            {/* Another clock: whatever shows a time is drawn anew. */}
            <Outlet key={zone} />
          </div>
        </main>
        <ActionHost />
        {shown === 'keys' && <KeysDialog onClose={() => setShown(undefined)} />}
        {shown === 'palette' && <Palette onClose={() => setShown(undefined)} onKeys={() => setShown('keys')} />}
      </div>
    </div>
  );
}
