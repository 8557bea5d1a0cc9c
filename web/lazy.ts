import { type ComponentType, createElement, type ReactNode, useEffect, useState } from 'react';

type Load<P> = () => Promise<{ default: ComponentType<P> }>;
/** Can be fetched before it is shown, as the router does with pages. */
type Late<P> = ((props: P) => ReactNode) & {
  preload: () => Promise<void>;
  /** The same for those who stay where they are when it does not come. */
  bring: () => Promise<void>;
};

/** Part of the app itself did not arrive: no line, or a deploy has taken it away. */
export class NotFetched extends Error {}

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

/**
 * A part of the app that is fetched when it is first shown; `Meanwhile` stands in its place, else nothing. Not React's
 * own: that keeps a failure for good, and shows what was waited for only 300 ms after it began to wait.
 */
export function lazy<P extends object>(load: Load<P>, Meanwhile?: ComponentType): Late<P> {
  let Part: ComponentType<P> | undefined;
  const bring = async () => {
    Part = (await fetched(load)).default;
  };

  function Shown(props: P) {
    const [Present, setPresent] = useState(() => Part);
    const [failure, setFailure] = useState<unknown>();
    useEffect(() => {
      if (Present) return;
      let isLeft = false;
      bring().then(
        () => isLeft || setPresent(() => Part),
        (error: unknown) => isLeft || setFailure(error),
      );
      return () => {
        isLeft = true;
      };
    }, [Present]);
    if (failure) throw failure;
    if (Present) return createElement(Present, props);
    return Meanwhile ? createElement(Meanwhile) : null;
  }
  // What fails here fails again where it is shown, and is told there.
  return Object.assign(Shown, { bring, preload: () => bring().catch(() => undefined) });
}
