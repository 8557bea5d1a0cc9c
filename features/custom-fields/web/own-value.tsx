import { i18next } from '../../../web/i18n.ts';
import { Day } from '../../../web/kit/relative-time.tsx';
import type { AnyField } from './own-field.ts';
import classes from './own-value.module.css';

/** Only web addresses become links: a field may hold anything, a script's address too. */
function WebLink({ address }: { address: string }) {
  if (!/^https?:\/\//i.test(address)) return <>{address}</>;
  return (
    <a className={classes.link} href={address} target="_blank" rel="noreferrer noopener">
      {address.replace(/^https?:\/\/(www\.)?/i, '')}
    </a>
  );
}

interface Props {
  field: AnyField;
  value: unknown;
  /** In the page of one record addresses can be followed; in a table a click is for the cell. */
  isLinked?: boolean;
}

/** What a field of a company's own holds, as people read it. */
export function OwnValue({ field, value, isLinked = false }: Props) {
  // Not by the hook: a table has hundreds of these, and whoever shows one is drawn anew in another language.
  const { language } = i18next;
  if (isNothing(value)) return null;
  const text = String(value);
  switch (field.type) {
    case 'choice':
      return <span>{field.options?.find((option) => option.value === text)?.label ?? text}</span>;
    case 'multi':
      return <Tags tags={value as string[]} />;
    case 'date':
      return <Day at={text} />;
    case 'boolean':
      return <span>{i18next.t(value === true ? 'yes' : 'no', { ns: 'custom-fields' })}</span>;
    case 'number':
      return <span>{Number(value).toLocaleString(language)}</span>;
    case 'money':
      return <span>{new Intl.NumberFormat(language, { minimumFractionDigits: 2 }).format(text as `${number}`)}</span>;
    case 'email':
      return isLinked ? (
        <a className={classes.link} href={`mailto:${text}`}>
          {text}
        </a>
      ) : (
        <span>{text}</span>
      );
    case 'phone':
      return isLinked ? (
        <a className={classes.link} href={`tel:${text}`}>
          {text}
        </a>
      ) : (
        <span>{text}</span>
      );
    case 'url':
      return isLinked ? <WebLink address={text} /> : <span>{text}</span>;
    default:
      return <span>{text}</span>;
  }
}

export const isNothing = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

export function Tags({ tags }: { tags: string[] }) {
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
