import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useGuard } from './guard.tsx';

interface Props {
  title: string;
  onClose: () => void;
  /** Left only by what stands in it: a key that is shown once must not go by a stray click. */
  isHeld?: boolean;
  children: ReactNode;
}

/** One short task, or one question, over the page. */
export function Dialog({ title, onClose, isHeld = false, children }: Props) {
  const { t } = useTranslation();
  const { close, isAsking, guard } = useGuard(onClose);
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      withCloseButton={!isHeld}
      closeOnClickOutside={!isHeld}
      closeOnEscape={!isHeld && !isAsking}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {guard(children)}
    </Modal>
  );
}
