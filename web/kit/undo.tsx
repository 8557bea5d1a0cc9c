import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { i18next } from '../i18n.ts';
import classes from './undo.module.css';

const PATIENCE_MS = 8000;

/** Says what was done, and takes it back where that was a mistake. */
export function notifyUndo(message: string, undo: () => void) {
  const id = notifications.show({
    message: (
      <span className={classes.line}>
        {message}
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {i18next.t('undo')}
        </Button>
      </span>
    ),
    color: 'tide',
    autoClose: PATIENCE_MS,
    closeButtonProps: { 'aria-label': i18next.t('close') },
  });
}
