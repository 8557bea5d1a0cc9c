import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import classes from './close-dialog.module.css';

interface Props {
  /** The deal, or how many there are. */
  title: string;
  isWon: boolean;
  onDone: (reason: string | undefined) => void;
  onClose: () => void;
}

const reasons = {
  won: ['price', 'product', 'relation', 'speed'],
  lost: ['price', 'competitor', 'budget', 'silence', 'timing'],
} as const;

/** Why a deal is won or lost: asked where it is decided, as it is never told later. It may be left empty. */
export default function CloseDialog({ title, isWon, onDone, onClose }: Props) {
  const { t } = useTranslation(['deals', 'app']);
  const [reason, setReason] = useState('');
  const kind = isWon ? 'won' : 'lost';
  return (
    <Dialog title={t(isWon ? 'closing.wonTitle' : 'closing.lostTitle', { title })} onClose={onClose}>
      <Form
        onSubmit={(event) => {
          event?.preventDefault();
          onDone(reason.trim() || undefined);
        }}
      >
        <TextInput
          label={t(isWon ? 'closing.wonWhy' : 'closing.lostWhy')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={255}
          data-autofocus
          autoComplete="off"
        />
        <fieldset className={classes.reasons}>
          <legend className="visually-hidden">{t('closing.often')}</legend>
          {reasons[kind].map((name) => {
            const text = t(`closing.${kind}.${name}`);
            return (
              <button
                key={name}
                type="button"
                className={classes.reason}
                aria-pressed={reason === text}
                onClick={() => setReason(text)}
              >
                {text}
              </button>
            );
          })}
        </fieldset>
        <Submit label={t(isWon ? 'closing.win' : 'closing.lose')} busy={false}>
          <Button variant="default" onClick={onClose}>
            {t('cancel', { ns: 'app' })}
          </Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
