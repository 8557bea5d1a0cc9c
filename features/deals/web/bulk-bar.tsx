import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../web/api/people.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import type { Deal, Pipeline } from './deal.ts';
import classes from './table.module.css';
import { useBulk } from './use-bulk.tsx';

interface Props {
  deals: Deal[];
  /** Where they can be moved to. */
  pipelines: Pipeline[];
  /** Picks all rows that are loaded, where not all are. */
  onAll: (() => void) | undefined;
  onClear: () => void;
}

/** What can be done to all picked deals at once. */
export function BulkBar({ deals, pipelines, onAll, onClear }: Props) {
  const { t } = useTranslation('deals');
  const people = usePeople();
  const { moveTo, giveTo, busy, dialog } = useBulk(deals, onClear);
  useKeys([{ press: 'Escape', label: t('bulk.clear'), run: onClear }]);
  return (
    <section className={classes.bar} aria-label={t('bulk.label')}>
      <b>{t('bulk.picked', { count: deals.length })}</b>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button size="xs" variant="default" loading={busy} rightSection={<Icon name="chevronDown" size={14} />}>
            {t('moveTo')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu}>
          {pipelines.map((pipeline) => [
            <Menu.Label key={pipeline.id}>{pipeline.name}</Menu.Label>,
            ...pipeline.stages.map((stage) => (
              <Menu.Item key={stage.id} onClick={() => moveTo(stage)}>
                {stage.name}
              </Menu.Item>
            )),
          ])}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button size="xs" variant="default" loading={busy} rightSection={<Icon name="chevronDown" size={14} />}>
            {t('bulk.giveTo')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu}>
          {people.options.map(({ value, label }) => (
            <Menu.Item key={value} onClick={() => giveTo(value, label)}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <span className={classes.count}>
        {onAll && (
          <Button size="xs" variant="subtle" onClick={onAll}>
            {t('bulk.all')}
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={onClear}>
          {t('bulk.clear')}
        </Button>
      </span>
      {dialog}
    </section>
  );
}
