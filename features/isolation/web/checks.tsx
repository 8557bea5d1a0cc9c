import { useTranslation } from 'react-i18next';
import { Status, type Tone } from '../../../web/kit/status.tsx';
import classes from './isolation.module.css';

interface Check {
  number: number;
  title: string;
  part: 'schema' | 'data' | 'leaks' | 'keys' | 'distribution' | 'models' | 'api';
  outcome: 'passed' | 'failed' | 'waived' | 'not checked' | 'not applicable';
}

const parts = ['schema', 'data', 'leaks', 'keys', 'distribution', 'models', 'api'] as const;
const tones: Record<Check['outcome'], Tone> = {
  passed: 'good',
  failed: 'bad',
  waived: 'active',
  'not checked': 'idle',
  'not applicable': 'idle',
};

/** Every check by its part: how many passed, and each when that is opened. */
export function Checks({ outcomes }: { outcomes: Check[] }) {
  const { t } = useTranslation('isolation');
  return parts.map((part) => {
    const those = outcomes.filter((outcome) => outcome.part === part);
    if (those.length === 0) return null;
    const passed = those.filter(({ outcome }) => outcome === 'passed').length;
    const count = those.filter(({ outcome }) => outcome !== 'not applicable').length;
    return (
      <details key={part} className={classes.part}>
        <summary>
          {t(`parts.${part}`)} <span className={classes.soft}>{t('passedOf', { passed, count })}</span>
        </summary>
        <ul>
          {those.map(({ number, title, outcome }) => (
            <li key={number}>
              <span>{title}</span>
              <Status tone={tones[outcome]} label={t(`outcomes.${outcome}`)} />
            </li>
          ))}
        </ul>
      </details>
    );
  });
}
