import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import classes from './contacts.module.css';
import type { Field } from './fields.ts';
import { groups } from './use-contacts.ts';

interface Props {
  fields: Field[];
  group: string;
  onChange: (group: string) => void;
}

/** By which field the list is grouped. */
export default function GroupMenu({ fields, group, onChange }: Props) {
  const { t } = useTranslation('contacts');
  const labelOf = (key: string) => fields.find((field) => field.key === key)?.label ?? key;
  const choices = ['', ...groups];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          className={classes.groupButton ?? ''}
          variant={group ? 'light' : 'default'}
          leftSection={<Icon name="group" size={15} />}
          aria-label={group ? t('group.by', { label: labelOf(group) }) : t('group.choose')}
        >
          <span className={classes.groupWords}>{group ? labelOf(group) : t('group.choose')}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((key) => (
          <Menu.Item
            key={key}
            onClick={() => onChange(key)}
            aria-current={key === group || undefined}
            leftSection={<span className={classes.groupMark}>{key === group && <Icon name="check" size={14} />}</span>}
          >
            {key ? labelOf(key) : t('group.off')}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
