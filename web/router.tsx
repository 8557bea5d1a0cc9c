import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router';
import { home, isFor, pages, settingsOf } from './features.ts';
import { lazy } from './lazy.ts';
import { session, type User } from './session/session.ts';
import { Broken, Lost } from './shell/error-page.tsx';
import { ShellSkeleton } from './shell/shell-skeleton.tsx';

const LOGIN = '/login';

/** Only paths of this app: a link must not be able to send people elsewhere after the login. */
const safe = (next: unknown) => (typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : home());

async function isLoggedIn(): Promise<boolean> {
  if (session.user()) return true;
  if (session.left() === 'logout') return false;
  return (await session.renew()) !== undefined;
}

const root = createRootRoute({ component: Outlet, notFoundComponent: Lost, errorComponent: Broken });

const company = createRoute({
  getParentRoute: () => root,
  id: 'company',
  component: lazy(() => import('./shell/shell.tsx')),
  pendingComponent: ShellSkeleton,
  beforeLoad: async ({ location }) => {
    if (!(await isLoggedIn())) throw redirect({ to: LOGIN, search: { next: location.href } });
  },
});

const open = createRoute({
  getParentRoute: () => root,
  id: 'open',
  beforeLoad: async ({ search }) => {
    // A server that cannot be reached must not hide the form.
    const inside = await isLoggedIn().catch(() => false);
    if (inside) throw redirect({ href: safe((search as { next?: unknown }).next) });
  },
});

const start = createRoute({
  getParentRoute: () => company,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: home(), replace: true });
  },
});

/** An address that nothing answers to: who is logged in keeps the way to everything else. */
const lost = createRoute({ getParentRoute: () => company, path: '$', component: Lost });

/** What a letter's link leads to, whoever is logged in. */
const letters = createRoute({ getParentRoute: () => root, id: 'letters' });

const SETTINGS = '/settings';
const isSettings = (path: string) => path.startsWith(`${SETTINGS}/`);

/** The settings have a navigation of their own; on a phone it is a page, and their pages lead back to it. */
const settings = createRoute({
  getParentRoute: () => company,
  path: SETTINGS,
  component: lazy(() => import('./shell/settings-frame.tsx')),
  notFoundComponent: Lost,
});

const settingsStart = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    const first = settingsOf(session.user())[0];
    if (!first) throw redirect({ to: home(), replace: true });
    if (!matchMedia('(max-width: 760px)').matches) throw redirect({ to: first.path, replace: true });
  },
});

type Parent = typeof company | typeof open | typeof letters | typeof settings;

const routesUnder = (parent: Parent, isPublic: boolean | 'anybody') =>
  pages
    .filter((page) => (page.isPublic ?? false) === isPublic && isSettings(page.path) === (parent === settings))
    .map((page) =>
      createRoute({
        getParentRoute: () => parent as typeof company,
        path: parent === settings ? page.path.slice(SETTINGS.length) : page.path,
        component: lazy(page.load),
        beforeLoad: () => {
          if (!isPublic && !isFor(session.user(), page)) throw redirect({ to: home(), replace: true });
        },
      }),
    );

export const router = createRouter({
  routeTree: root.addChildren([
    company.addChildren([
      start,
      ...routesUnder(company, false),
      settings.addChildren([settingsStart, ...routesUnder(settings, false)]),
      lost,
    ]),
    open.addChildren(routesUnder(open, true)),
    letters.addChildren(routesUnder(letters, 'anybody')),
  ]),
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultErrorComponent: Broken,
});

// Guards run on navigation; a session that ends or begins in between runs them again, where one is.
let was: User | undefined;
session.subscribe(() => {
  const user = session.user();
  const isSame = user?.id === was?.id && user?.company_id === was?.company_id;
  was = user;
  if (isSame) return;
  if (user) return void router.invalidate();
  const search = session.left() === 'expired' ? { next: router.state.location.href } : {};
  void router.navigate({ to: LOGIN, search, replace: true });
});
