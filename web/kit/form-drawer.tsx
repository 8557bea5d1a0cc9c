import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useGuard } from './guard.tsx';

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A longer form beside the page. */
export function FormDrawer({ title, onClose, children }: Props) {
  const { t } = useTranslation();
  const { close, isAsking, guard } = useGuard(onClose);
  return (
    <Drawer
      opened
      onClose={close}
      title={title}
      closeOnEscape={!isAsking}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {guard(children)}
    </Drawer>
  );
}
