import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../../web/kit/avatar.tsx';
import { RelativeTime } from '../../../../web/kit/relative-time.tsx';
import { type Contact, fullName } from '../contact.ts';
import classes from './duplicates.module.css';
import {
  type Choice,
  type Choices,
  canJoin,
  choiceOf,
  differing,
  type Mergeable,
  mergeable,
  type Side,
} from './merging.ts';
import { useValueText } from './value-text.ts';

interface Props {
  kept: Contact;
  duplicate: Contact;
  choices: Choices;
  onChoose: (choices: Choices) => void;
  onSwap: () => void;
}

/** A line for each field on which the two differ; the value that stays is marked. */
export function SideBySide({ kept, duplicate, choices, onChoose, onSwap }: Props) {
  const { t } = useTranslation('contacts');
  const [textOf, nameOf] = useValueText();
  const [withSame, setWithSame] = useState(false);
  const open = differing(kept, duplicate);
  const same = mergeable.filter((field) => !open.includes(field) && textOf(field, kept) !== '');
  const takeAll = (side: Side) => onChoose(Object.fromEntries(open.map((field) => [field, side])));
  return (
    <>
      <table className={classes.sides}>
        <thead>
          <tr>
            <td />
            {[kept, duplicate].map((contact, at) => (
              <th key={contact.id} scope="col">
                <span className={classes.side}>
                  <Avatar name={fullName(contact)} size={30} />
                  <span>
                    <b>{fullName(contact)}</b>
                    <span className={classes.sideHint}>
                      {t(at === 0 ? 'duplicates.stays' : 'duplicates.goes')} · <RelativeTime at={contact.created_at} />
                    </span>
                  </span>
                </span>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={t('duplicates.takeAllOf', { name: fullName(contact), at: at + 1 })}
                  onClick={() => takeAll(at === 0 ? 'kept' : 'duplicate')}
                >
                  {t('duplicates.takeAll')}
                </Button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {open.map((field) => (
            <FieldRow
              key={field}
              field={field}
              name={nameOf(field)}
              texts={[textOf(field, kept), textOf(field, duplicate)]}
              choice={choiceOf(field, choices, kept, duplicate)}
              onChoose={(choice) => onChoose({ ...choices, [field]: choice })}
            />
          ))}
          {withSame &&
            same.map((field) => (
              <tr key={field}>
                <th scope="row">{nameOf(field)}</th>
                <td colSpan={2} className={classes.same}>
                  {textOf(field, kept)}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      <div className={classes.below}>
        <Switch
          size="xs"
          label={t('duplicates.showSame', { count: same.length })}
          checked={withSame}
          onChange={(event) => setWithSame(event.currentTarget.checked)}
        />
        <Button size="xs" variant="default" onClick={onSwap}>
          {t('duplicates.swap')}
        </Button>
      </div>
    </>
  );
}

interface RowProps {
  field: Mergeable;
  name: string;
  texts: [string, string];
  choice: Choice;
  onChoose: (choice: Choice) => void;
}

function FieldRow({ field, name, texts, choice, onChoose }: RowProps) {
  const { t } = useTranslation('contacts');
  return (
    <tr>
      <th scope="row">
        {name}
        {canJoin(field) && texts.every(Boolean) && (
          <label className={classes.both}>
            <input type="radio" name={field} checked={choice === 'both'} onChange={() => onChoose('both')} />
            {t('duplicates.both')}
          </label>
        )}
      </th>
      {(['kept', 'duplicate'] as const).map((side, at) => (
        <td key={side} data-picked={choice === side || choice === 'both' || undefined}>
          <label className={classes.choice}>
            <input
              type="radio"
              name={field}
              aria-label={`${name}: ${texts[at] || t('duplicates.nothing')}`}
              checked={choice === side}
              onChange={() => onChoose(side)}
            />
            <span data-nothing={!texts[at] || undefined}>{texts[at] || t('duplicates.nothing')}</span>
          </label>
        </td>
      ))}
    </tr>
  );
}
