import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import classes from './activities.module.css';
import { type ActivityType, icons, types } from './activity.ts';

export function TypeChoice({ value, onChange }: { value: ActivityType; onChange: (type: ActivityType) => void }) {
  const { t } = useTranslation('activities');
  return (
    <fieldset className={classes.typeChoice}>
      <legend className="visually-hidden">{t('type')}</legend>
      {types.map((type) => (
        <label key={type} className={classes.typeOption} data-chosen={type === value || undefined}>
          <input
            type="radio"
            name="type"
            className="visually-hidden"
            checked={type === value}
            onChange={() => onChange(type)}
          />
          <Icon name={icons[type]} size={17} />
          {t(`types.${type}`)}
        </label>
      ))}
    </fieldset>
  );
}
