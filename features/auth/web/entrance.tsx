import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { wearHue } from '../../../web/kit/hue.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import mark from '../../../web/mark.svg';
import classes from './entrance.module.css';

/** What frames the forms before the login. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation('auth');
  useEffect(() => {
    document.title = `${title} · Bulkhead`;
    wearHue(undefined);
  }, [title]);
  return (
    <div className={classes.entrance}>
      <header className={classes.hull}>
        <div className={classes.brand}>
          <img src={mark} alt="" width={34} height={34} className={classes.mark} />
          Bulkhead
        </div>
        <p className={classes.tagline}>{t('tagline')}</p>
        <ul className={classes.points}>
          {(['work', 'live', 'walls'] as const).map((point) => (
            <li key={point}>
              <Icon name="check" size={16} /> {t(`points.${point}`)}
            </li>
          ))}
        </ul>
        <Compartments />
      </header>
      <main className={classes.main}>
        <div className={classes.card}>
          <h1 className={classes.title}>{title}</h1>
          {children}
        </div>
      </main>
    </div>
  );
}

/** A hull in cross-section: compartments, each with a waterline of its own. */
function Compartments() {
  const levels = [78, 52, 96, 64, 40, 84, 58];
  return (
    <svg className={classes.compartments} viewBox="0 0 420 150" preserveAspectRatio="none" aria-hidden="true">
      {levels.map((level, index) => (
        <g key={level}>
          <rect x={index * 60} y={150 - level} width={60} height={level} fill={`oklch(0.62 0.1 ${index * 52 + 10})`} />
          <rect x={index * 60 + 58.5} y={0} width={1.5} height={150} className={classes.wall} />
        </g>
      ))}
    </svg>
  );
}
