import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';
import { Form, Submit } from './form.tsx';

interface Props {
  title: string;
  /** What will happen, and whether it can be undone. */
  text: string;
  /** The verb: never "OK". */
  action: string;
  busy: boolean;
  error?: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

export function Confirm({ title, text, action, busy, error, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} onClose={onClose}>
      <Form
        error={error}
        onSubmit={(event) => {
          event?.preventDefault();
          onConfirm();
        }}
      >
        <p style={{ margin: 0 }}>{text}</p>
        <Submit label={action} busy={busy} isRisky>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
