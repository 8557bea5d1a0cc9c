import { ActionIcon } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import classes from './side-panel.module.css';

interface Props {
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** Details beside a list that stays usable: not a dialog, Escape closes it. */
export function SidePanel({ label, onClose, children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inDialog = event.target instanceof Element && event.target.closest('[role="dialog"], [role="listbox"]');
      if (event.key === 'Escape' && !event.defaultPrevented && !inDialog) onClose();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside className={classes.panel} aria-label={label}>
      <ActionIcon className={classes.close} variant="subtle" color="gray" aria-label={t('close')} onClick={onClose}>
        <Icon name="close" />
      </ActionIcon>
      <div className={classes.body}>{children}</div>
    </aside>
  );
}
