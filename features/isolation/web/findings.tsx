import { useTranslation } from 'react-i18next';
import { Status } from '../../../web/kit/status.tsx';
import classes from './isolation.module.css';
import { Prose } from './prose.tsx';
import type { Outcome } from './report.tsx';

const order = ['critical', 'high', 'medium', 'low'];

/** What does not hold, the gravest first: each with what it found, the SQL that mends it, and the rule's page. */
export function Findings({ outcomes }: { outcomes: Outcome[] }) {
  const sorted = [...outcomes].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return (
    <ul className={classes.findings}>
      {sorted.map((outcome) => (
        <Finding key={outcome.number} outcome={outcome} />
      ))}
    </ul>
  );
}

function Finding({ outcome: { number, title, severity, outcome, reason, findings, page } }: { outcome: Outcome }) {
  const { t } = useTranslation('isolation');
  const isGrave = severity === 'critical' || severity === 'high';
  return (
    <li>
      <h3 className={classes.rule}>
        {title}
        <span className={classes.soft}>
          <Status
            tone={outcome === 'failed' ? (isGrave ? 'bad' : 'active') : 'idle'}
            label={t(`severities.${severity}`)}
          />
          {` · ${t('ruleNumber', { number })} · ${t(`outcomes.${outcome}`)}`}
        </span>
      </h3>
      {reason && <p className={classes.soft}>{reason}</p>}
      {findings.map(({ object, message, mend, waived }) => (
        <div key={object + message} className={classes.finding}>
          <p>
            <b>{object}</b> {message} {waived && <span className={classes.soft}>({t('outcomes.waived')})</span>}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
          <pre tabIndex={0}>{mend}</pre>
        </div>
      ))}
      {page && (
        <details className={classes.page}>
          <summary>{t('page.open')}</summary>
          <h4>{t('page.wrong')}</h4>
          <Prose text={page.wrong} />
          <h4>{t('page.why')}</h4>
          <Prose text={page.why} />
          <h4>{t('page.see')}</h4>
          <Prose text={page.see} />
          <h4>{t('page.mend')}</h4>
          <Prose text={page.mend} />
        </details>
      )}
    </li>
  );
}
