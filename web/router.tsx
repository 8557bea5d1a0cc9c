import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { nav, pages } from './features.ts';
import { session } from './session/session.ts';
import { Broken, Lost } from './shell/error-page.tsx';
import { ShellSkeleton } from './shell/shell-skeleton.tsx';

const LOGIN = '/login';
const home = () => nav[0]?.path ?? '/';

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
  component: lazyRouteComponent(() => import('./shell/shell.tsx')),
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

const routesUnder = (parent: typeof company | typeof open, isPublic: boolean) =>
  pages
    .filter((page) => (page.isPublic ?? false) === isPublic)
    .map((page) =>
      createRoute({
        getParentRoute: () => parent as typeof company,
        path: page.path,
        component: lazyRouteComponent(page.load),
      }),
    );

export const router = createRouter({
  routeTree: root.addChildren([
    company.addChildren([start, ...routesUnder(company, false)]),
    open.addChildren(routesUnder(open, true)),
  ]),
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultErrorComponent: Broken,
});

// Guards run on navigation; a session that ends or begins in between runs them again, where one is.
let wasInside = false;
session.subscribe(() => {
  const inside = session.user() !== undefined;
  if (inside === wasInside) return;
  wasInside = inside;
  if (inside) return void router.invalidate();
  const search = session.left() === 'expired' ? { next: router.state.location.href } : {};
  void router.navigate({ to: LOGIN, search, replace: true });
});
