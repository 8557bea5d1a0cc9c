import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import classes from './toasts.module.css';

/** The app, and what is told over it: within the router, so that what is told can lead somewhere. */
export function Toasts({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <Notifications position="bottom-right" className={classes.toasts ?? ''} />
    </>
  );
}
