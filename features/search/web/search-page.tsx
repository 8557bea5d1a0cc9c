import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFound } from '../../../web/found.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { SearchBox } from '../../../web/kit/search-box.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import classes from './search.module.css';

const FIRST = 8;
const ALL = 100;

/** What was found of every kind, or all of one kind. */
export default function SearchPage() {
  const { t } = useTranslation('search');
  const [{ q = '', kind }, setSearch] = usePageSearch();
  const words = q.trim();
  const { hits, isPending, error, retry } = useFound(words, kind ? ALL : FIRST);
  const onSearch = useCallback((text: string) => setSearch({ q: text || undefined }), [setSearch]);
  const shown = hits.filter(({ finder, items }) => items.length > 0 && (!kind || finder.table === kind));
  return (
    <Page title={t('title')} toolbar={<SearchBox label={t('label')} value={q} onChange={onSearch} autoFocus />}>
      {error && shown.length === 0 ? (
        <Trouble error={error} retry={retry} />
      ) : words === '' ? (
        <EmptyState icon="search" title={t('emptyTitle')} text={t('emptyText')} />
      ) : isPending ? (
        <div className={classes.kinds}>
          <Lines count={8} />
        </div>
      ) : shown.length === 0 ? (
        <EmptyState icon="search" title={t('noneTitle')} text={t('noneText', { words })} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
        <div className={classes.scroller} tabIndex={0}>
          <div className={classes.kinds}>
            {shown.map(({ finder, items }) => (
              <section key={finder.table} aria-label={t(finder.label)}>
                <h2 className={classes.kind}>{t(finder.label)}</h2>
                <ul className={classes.hits}>
                  {items.map((item) => (
                    <li key={item.id}>
                      <Link to={item.to} search={(item.search ?? {}) as never} className={classes.hit}>
                        <Icon name={finder.icon} size={17} />
                        <span className={classes.title}>{item.title}</span>
                        <span className={classes.detail}>{item.detail}</span>
                      </Link>
                    </li>
                  ))}
                </ul>
                {items.length === FIRST && !kind && (
                  <Button variant="subtle" size="compact-sm" component={Link} {...(finder.all(words) as { to: '/' })}>
                    {t('all', { kind: t(finder.label) })}
                  </Button>
                )}
              </section>
            ))}
          </div>
        </div>
      )}
    </Page>
  );
}
