import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import classes from './contacts.module.css';
import type { Field } from './fields.ts';
import { DEFAULT_COLUMNS } from './use-list-state.ts';

interface Props {
  fields: Field[];
  chosen: string;
  onChange: (columns: string) => void;
}

/** Which columns, in which order. */
export default function ColumnsMenu({ fields, chosen, onChange }: Props) {
  const { t } = useTranslation('contacts');
  const keys = chosen.split(',').filter((key) => fields.some((field) => field.key === key));
  const put = (next: string[]) => onChange(next.join(',') || '-');
  const move = (key: string, by: -1 | 1) => {
    const from = keys.indexOf(key);
    const next = keys.filter((each) => each !== key);
    next.splice(from + by, 0, key);
    put(next);
  };
  const shown = keys.flatMap((key) => fields.find((field) => field.key === key) ?? []);
  const others = fields.filter(({ key }) => !keys.includes(key));
  return (
    <Popover position="bottom-end" width={290} shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<Icon name="columns" size={15} />}>
          {t('columns.choose')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('columns.choose')}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
        <div className={classes.columnList} tabIndex={0}>
          {shown.map(({ key, label }, index) => (
            <div key={key} className={classes.columnRow}>
              <Checkbox size="xs" label={label} checked onChange={() => put(keys.filter((each) => each !== key))} />
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                disabled={index === 0}
                aria-label={t('columns.up', { label })}
                onClick={() => move(key, -1)}
              >
                <Icon name="arrowUp" size={14} />
              </ActionIcon>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                disabled={index === shown.length - 1}
                aria-label={t('columns.down', { label })}
                onClick={() => move(key, 1)}
              >
                <Icon name="arrowDown" size={14} />
              </ActionIcon>
            </div>
          ))}
          <hr className={classes.rule} />
          {others.map(({ key, label }) => (
            <div key={key} className={classes.columnRow}>
              <Checkbox size="xs" label={label} checked={false} onChange={() => put([...keys, key])} />
            </div>
          ))}
        </div>
        <div className={classes.columnFoot}>
          <Button size="compact-sm" variant="subtle" onClick={() => onChange(DEFAULT_COLUMNS)}>
            {t('columns.standard')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
