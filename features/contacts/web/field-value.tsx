import { Avatar } from '../../../web/kit/avatar.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { Status } from '../../../web/kit/status.tsx';
import { isNothing, OwnValue, Tags } from '../../custom-fields/web/own-value.tsx';
import { type ContactStatus, tones } from './contact.ts';
import classes from './contacts.module.css';
import type { Field } from './fields.ts';

interface Props {
  field: Field;
  value: unknown;
  /** In the page of one contact addresses can be followed; in a table a click is for the cell. */
  isLinked?: boolean;
}

/** What a field holds, as people read it. */
export function FieldValue({ field, value, isLinked = false }: Props) {
  if (isNothing(value)) return null;
  const { type } = field;
  const text = String(value);
  const label = field.options?.find((option) => option.value === text)?.label;
  switch (type) {
    case 'status':
      return <Status tone={tones[value as ContactStatus]} label={label ?? text} />;
    case 'person':
      return label ? (
        <span className={classes.person}>
          <Avatar name={label} size={18} />
          <span className={classes.cut}>{label}</span>
        </span>
      ) : null;
    case 'tags':
      return <Tags tags={value as string[]} />;
    case 'time':
      return <RelativeTime at={text} />;
    case 'long':
      return <span>{text}</span>;
    default:
      return <OwnValue field={{ ...field, type }} value={value} isLinked={isLinked} />;
  }
}
