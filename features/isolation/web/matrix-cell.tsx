import { useTranslation } from 'react-i18next';
import { Status, type Tone } from '../../../web/kit/status.tsx';
import type { Coverage } from './attacks.tsx';
import classes from './matrix.module.css';
import type { Verdict } from './matrix.tsx';

const tones: Record<Verdict, Tone> = { l: 'bad', u: 'active', h: 'good', n: 'idle' };

interface Props {
  coverage: Coverage;
  row: Coverage['endpoints'][number];
  attack: number;
}

/** What one attack on one endpoint came to, and why. */
export function MatrixCell({ coverage, row, attack }: Props) {
  const { t } = useTranslation('isolation');
  const verdict = row.verdicts[attack] as Verdict;
  const { number, name } = coverage.attacks[attack] ?? { number: 0, name: '' };
  const place = row.reasons[attack] ?? -1;
  const reason = place < 0 ? '' : coverage.reasons[place];
  const attempts = row.attempts[attack] ?? 0;
  return (
    <div className={classes.chosen} aria-live="polite">
      <p>
        <Status tone={tones[verdict]} label={t(`matrix.verdicts.${verdict}`)} />
        <b>{t('matrix.attack', { number, name })}</b>
        <code>
          {row.method} {row.path}
        </code>
      </p>
      {verdict === 'l' ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
        <pre tabIndex={0}>{reason}</pre>
      ) : (
        <p className={classes.reason}>
          {reason || t('matrix.held')}
          {attempts > 0 && ` ${t('matrix.attempts', { count: attempts })}`}
        </p>
      )}
    </div>
  );
}
