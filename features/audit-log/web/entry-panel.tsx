import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wall } from '../../../web/clock.ts';
import { Facts } from '../../../web/kit/facts.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { InAppLink } from '../../../web/kit/in-app-link.tsx';
import { SidePanel } from '../../../web/kit/side-panel.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import classes from './audit.module.css';
import { What, Who } from './audit-columns.tsx';
import { differences, type Entry, linkTo } from './entry.ts';
import { useFieldName, Value } from './values.tsx';

export function EntryPanel({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { t, i18n } = useTranslation('audit-log');
  const [{ record }, setSearch] = usePageSearch();
  const nameOf = useFieldName();
  const changes = differences(entry);
  const link = linkTo(entry);
  const at = wall(entry.created_at).toLocaleString(i18n.language, { dateStyle: 'full', timeStyle: 'medium' });
  const isOfOne = record !== undefined && record === entry.resource_id;
  return (
    <SidePanel label={t('panel')} onClose={onClose}>
      <h2 className={classes.heading}>
        <What entry={entry} />
      </h2>
      <p className={classes.when}>{at}</p>
      <div className={classes.links}>
        {link && (
          <Button
            component={InAppLink}
            href={link}
            variant="default"
            size="xs"
            leftSection={<Icon name="link" size={15} />}
          >
            {t('show')}
          </Button>
        )}
        {entry.resource_id && (
          <Button
            variant="default"
            size="xs"
            leftSection={<Icon name="history" size={15} />}
            onClick={() => setSearch({ record: isOfOne ? undefined : (entry.resource_id ?? undefined) }, true)}
          >
            {t(isOfOne ? 'allEntries' : 'itsHistory')}
          </Button>
        )}
      </div>
      <Facts
        items={[
          [t('columns.who'), <Who key="who" entry={entry} />],
          [t('email'), entry.user_email],
          [t('request'), entry.request_path && `${entry.request_method} ${entry.request_path}`],
          [t('address'), entry.ip_address],
          [t('browser'), entry.user_agent],
        ]}
      />
      {changes.length > 0 && (
        <h3 className={classes.subheading}>{t(`changes.${entry.action}`, t('changes.update'))}</h3>
      )}
      <dl className={classes.changes}>
        {changes.map(({ field, before, after }) => (
          <div key={field} className={classes.change}>
            <dt>{nameOf(field)}</dt>
            <dd>
              {entry.action !== 'create' && (
                <span className={entry.action === 'delete' ? undefined : classes.before}>
                  <span className="visually-hidden">{t('before')} </span>
                  <Value value={before} />
                </span>
              )}
              {entry.action !== 'create' && entry.action !== 'delete' && (
                <span className={classes.arrow} aria-hidden="true">
                  →
                </span>
              )}
              {entry.action !== 'delete' && (
                <span className={classes.after}>
                  <span className="visually-hidden">{t('after')} </span>
                  <Value value={after} />
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </SidePanel>
  );
}
