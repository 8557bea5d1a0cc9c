import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { Day, RelativeTime } from '../../../web/kit/relative-time.tsx';
import { Status } from '../../../web/kit/status.tsx';
import { type ContactStatus, tones } from './contact.ts';
import classes from './contacts.module.css';
import type { Field } from './fields.ts';

/** Only web addresses become links: a contact's fields may hold anything, a script's address too. */
function WebLink({ address }: { address: string }) {
  if (!/^https?:\/\//i.test(address)) return <>{address}</>;
  return (
    <a href={address} target="_blank" rel="noreferrer noopener">
      {address.replace(/^https?:\/\/(www\.)?/i, '')}
    </a>
  );
}

interface Props {
  field: Field;
  value: unknown;
  /** In the page of one contact addresses can be followed; in a table a click is for the cell. */
  isLinked?: boolean;
}

/** What a field holds, as people read it. */
export function FieldValue({ field, value, isLinked = false }: Props) {
  const { t, i18n } = useTranslation('contacts');
  if (value === null || value === undefined || value === '') return null;
  const text = String(value);
  const labelOf = (one: string) => field.options?.find((option) => option.value === one)?.label ?? one;
  switch (field.type) {
    case 'status':
      return <Status tone={tones[value as ContactStatus]} label={labelOf(text)} />;
    case 'person': {
      const name = field.options?.find((option) => option.value === text)?.label;
      return name ? (
        <span className={classes.person}>
          <Avatar name={name} size={18} />
          <span className={classes.cut}>{name}</span>
        </span>
      ) : null;
    }
    case 'choice':
      return <span>{labelOf(text)}</span>;
    case 'tags':
    case 'multi':
      return <Tags tags={value as string[]} />;
    case 'time':
      return <RelativeTime at={text} />;
    case 'date':
      return <Day at={text} />;
    case 'boolean':
      return <span>{t(value === true ? 'yes' : 'no')}</span>;
    case 'number':
      return <span>{Number(value).toLocaleString(i18n.language)}</span>;
    case 'money':
      return (
        <span>{new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2 }).format(text as `${number}`)}</span>
      );
    case 'email':
      return isLinked ? <a href={`mailto:${text}`}>{text}</a> : <span>{text}</span>;
    case 'phone':
      return isLinked ? <a href={`tel:${text}`}>{text}</a> : <span>{text}</span>;
    case 'url':
      return isLinked ? <WebLink address={text} /> : <span>{text}</span>;
    default:
      return <span>{text}</span>;
  }
}

function Tags({ tags }: { tags: string[] }) {
  return (
    <span className={classes.tags}>
      {tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
    </span>
  );
}
