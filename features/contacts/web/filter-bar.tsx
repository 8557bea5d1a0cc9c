import { Button, CloseButton, Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { lazy } from '../../../web/lazy.ts';
import { type Filter, isGroup, partsOf } from '../conditions.ts';
import classes from './contacts.module.css';
import type { Field } from './fields.ts';
import { countOf, joint, replaced, textOf, treeOf } from './filter-tree.ts';

const FilterBuilder = lazy(() => import('./filter-builder.tsx'));

interface Props {
  fields: Field[];
  filter: string;
  onChange: (filter: string) => void;
}

/** The button that opens the filter, with how many conditions there are. */
export function FilterButton({ fields, filter, onChange }: Props) {
  const { t } = useTranslation('contacts');
  const [isOpen, setOpen] = useState(false);
  const count = filter ? countOf(treeOf(filter)) : 0;
  useKeys([{ press: 'f', label: t('filter.title'), run: () => setOpen(true) }]);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      width="min(620px, calc(100vw - 24px))"
      shadow="md"
      trapFocus
    >
      <Popover.Target>
        <Button
          className={classes.filterButton ?? ''}
          variant={count > 0 ? 'light' : 'default'}
          leftSection={<Icon name="filter" size={15} />}
          onClick={() => setOpen(!isOpen)}
          aria-expanded={isOpen}
        >
          {count > 0 ? t('filter.count', { count }) : t('filter.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={12} aria-label={t('filter.title')}>
        {isOpen && <FilterBuilder fields={fields} filter={filter} onChange={onChange} />}
      </Popover.Dropdown>
    </Popover>
  );
}

/** What is filtered by, in words; each part can be taken away. */
export function FilterChips({ fields, filter, onChange }: Props) {
  const { t } = useTranslation('contacts');
  const say = useSaying(fields);
  const tree = treeOf(filter);
  const parts = partsOf(tree);
  if (parts.length === 0) return null;
  return (
    <section className={classes.chips} aria-label={t('filter.now')}>
      {parts.map((part, index) => {
        const words = say(part);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
          <span key={index} className={classes.chipPart}>
            {index > 0 && <span className={classes.soft}>{t(`filter.${joint(tree)}`)}</span>}
            <span className={classes.chip}>
              <span className={classes.cut}>{words}</span>
              <CloseButton
                size="xs"
                aria-label={t('filter.remove', { words })}
                onClick={() => onChange(textOf(replaced(tree, index, undefined), fields))}
              />
            </span>
          </span>
        );
      })}
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange('')}>
        {t('filter.clear')}
      </Button>
    </section>
  );
}

/** A condition as a sentence: "Status is any of Lead, New". */
function useSaying(fields: Field[]) {
  const { t, i18n } = useTranslation('contacts');
  return function say(filter: Filter): string {
    if (isGroup(filter))
      return `(${partsOf(filter)
        .map(say)
        .join(` ${t(`filter.${joint(filter)}`)} `)})`;
    const field = fields.find(({ key }) => key === filter.field);
    const name = (one: unknown) => field?.options?.find(({ value }) => value === one)?.label ?? String(one);
    const { value } = filter;
    const shown = Array.isArray(value)
      ? new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(value.map(name))
      : typeof value === 'boolean'
        ? t(value ? 'yes' : 'no')
        : (value ?? '');
    return t(`filter.said.${filter.op}`, { field: field?.label ?? filter.field, value: shown });
  };
}
