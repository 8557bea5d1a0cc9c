import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Deal } from './deal.ts';
import classes from './table.module.css';

interface Props {
  deal: Deal;
  isPicked: boolean;
  onPick: () => void;
}

/** Marks a row for what is done to many at once; the row itself opens. */
export function PickDeal({ deal, isPicked, onPick }: Props) {
  const { t } = useTranslation('deals');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only keeps the press from the row
    <span className={classes.pick} onClick={(event) => event.stopPropagation()}>
      <Checkbox size="xs" aria-label={t('pickDeal', { title: deal.title })} checked={isPicked} onChange={onPick} />
    </span>
  );
}
