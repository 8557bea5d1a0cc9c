import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../web/api/problem.ts';
import { problemText } from '../../../web/kit/notify.ts';
import classes from './entrance.module.css';
import { Entrance } from './entrance.tsx';

interface Props {
  busy: boolean;
  error: unknown;
  onCode: (code: string) => void;
  onBack: () => void;
}

const LENGTH = 6;

/** The second factor; sends by itself when the last digit is there. */
export function CodeStep({ busy, error, onCode, onBack }: Props) {
  const { t } = useTranslation('auth');
  const [code, setCode] = useState('');
  const isWrong = error instanceof Problem && error.status === 401;
  const said = error ? problemText(error) : undefined;
  const onChange = (text: string) => {
    const typed = text.trim();
    setCode(typed);
    // Not while one deletes: a recovery code is longer.
    if (/^\d{6}$/.test(typed) && typed.length > code.length) onCode(typed);
  };
  return (
    <Entrance title={t('login.codeTitle')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          onCode(code);
        }}
      >
        <TextInput
          label={t('login.code')}
          description={t('login.codeHint')}
          value={code}
          onChange={(event) => onChange(event.currentTarget.value)}
          maxLength={40}
          autoComplete="one-time-code"
          error={isWrong ? t('login.codeWrong') : said}
          autoFocus
        />
        <Button type="submit" loading={busy} disabled={code.length < LENGTH}>
          {t('login.submit')}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {t('login.back')}
        </Button>
      </form>
    </Entrance>
  );
}
