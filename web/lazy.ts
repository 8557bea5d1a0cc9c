import { type ComponentType, createElement, type ReactNode, lazy as reactLazy, useState } from 'react';

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

/** Part of the app itself did not arrive: no line, or a deploy has taken it away. */
export class NotFetched extends Error {}

const failed = new Set<() => void>();
const missing = new Set<string>();

// The bundler never asks again for a stylesheet that failed. The script may come; its styles are asked for below.
window.addEventListener('vite:preloadError', (event) => {
  const styles = /^Unable to preload CSS for (\S+)/.exec(event.payload.message)?.[1];
  if (!styles) return;
  event.preventDefault();
  missing.add(styles);
});

const styled = (address: string) =>
  new Promise<void>((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = address;
    link.onload = () => {
      missing.delete(address);
      resolve();
    };
    link.onerror = () => {
      link.remove();
      reject(new NotFetched(address));
    };
    document.head.append(link);
  });

async function fetched<P>(load: Load<P>) {
  try {
    const file = await load();
    await Promise.all([...missing].map(styled));
    return file;
  } catch (error) {
    throw new NotFetched(error instanceof Error ? error.message : undefined, { cause: error });
  }
}

/** As React's own, but what could not be fetched is fetched anew after `fetchAgain`: React keeps the failure for good. */
export function lazy<P extends object>(load: Load<P>): ComponentType<P> {
  const attempt = () =>
    fetched(load).catch((error: unknown) => {
      failed.add(renew);
      throw error;
    });
  let Part = reactLazy(attempt);
  const renew = () => {
    Part = reactLazy(attempt);
  };
  return function Late(props: P) {
    return createElement(Part as ComponentType<P>, props);
  };
}

/** A route's page: the router fetches it before it shows it. */
export function lazyPage(load: Load<object>): (() => ReactNode) & { preload: () => Promise<void> } {
  let Page: ComponentType | undefined;
  const Late = lazy(load);
  function Fetched() {
    // Not swapped while it is shown: that would begin it anew.
    const [Shown] = useState<ComponentType>(() => Page ?? Late);
    return createElement(Shown);
  }
  const preload = async () => {
    // What fails here fails again where it is shown, and is told there.
    Page = (await fetched(load).catch(() => undefined))?.default ?? Page;
  };
  return Object.assign(Fetched, { preload });
}

/** Lets all that failed be fetched when it is next shown. */
export function fetchAgain(): void {
  for (const renew of failed) renew();
  failed.clear();
}
