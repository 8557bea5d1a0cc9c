import { Modal, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { activeKeys, keyCaps, keysOff, setKeysOff } from '../kit/keys.ts';
import classes from './shell.module.css';

export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <KeyList />
    </Modal>
  );
}

function KeyList() {
  const { t } = useTranslation();
  const [off, setOff] = useState(keysOff());
  return (
    <>
      <dl className={classes.keys}>
        {activeKeys().map(({ press, label }) => (
          <div key={press} className={classes.keyRow}>
            <dt>{label}</dt>
            <dd>
              {keyCaps(press).map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Switch
        label={t('keys.singleKeys')}
        description={t('keys.singleKeysHint')}
        checked={!off}
        onChange={(event) => {
          setKeysOff(!event.currentTarget.checked);
          setOff(keysOff());
        }}
      />
    </>
  );
}
