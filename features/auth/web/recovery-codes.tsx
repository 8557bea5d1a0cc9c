import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { CopyButton } from '../../../web/kit/secret-field.tsx';
import classes from './totp.module.css';

function download(text: string, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation('auth');
  const text = codes.join('\n');
  return (
    <Dialog title={t('totp.codesTitle')} onClose={onClose} isHeld>
      <p className={classes.step}>{t('totp.codes')}</p>
      <ul className={classes.codes} aria-label={t('totp.codesList')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap={8}>
        <Button onClick={onClose} data-autofocus autoFocus>
          {t('totp.kept')}
        </Button>
        <CopyButton text={text} />
        <Button
          variant="default"
          leftSection={<Icon name="download" size={15} />}
          onClick={() => download(`${text}\n`, t('totp.fileName'))}
        >
          {t('totp.download')}
        </Button>
      </Group>
    </Dialog>
  );
}
