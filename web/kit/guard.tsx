import { Button, Group, Modal } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * Keeps what was entered into a dialog from being lost by a slip: Escape, a click beside it or its cross ask first. What
 * stands in the dialog closes it without asking, by calling `onClose` itself.
 */
export function useGuard(onClose: () => void) {
  const { t } = useTranslation();
  const isTouched = useRef(false);
  const [isAsking, setAsking] = useState(false);
  const touch = () => {
    isTouched.current = true;
  };
  return {
    isAsking,
    close: () => (isTouched.current ? setAsking(true) : onClose()),
    guard: (children: ReactNode) => (
      <>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what happens inside */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: an option that is chosen by key is clicked too */}
        <div
          style={{ display: 'contents' }}
          onInput={touch}
          onClick={({ target }) => target instanceof Element && target.closest('[role="option"]') && touch()}
        >
          {children}
        </div>
        {isAsking && (
          // Without a header of its own: two dialogs would be two banners to a screen reader.
          <Modal opened onClose={() => setAsking(false)} withCloseButton={false}>
            <Modal.Title mb={8}>{t('guard.title')}</Modal.Title>
            <p style={{ margin: '0 0 14px' }}>{t('guard.text')}</p>
            <Group gap={8}>
              <Button color="red.8" onClick={onClose}>
                {t('guard.leave')}
              </Button>
              <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
                {t('guard.stay')}
              </Button>
            </Group>
          </Modal>
        )}
      </>
    ),
  };
}
