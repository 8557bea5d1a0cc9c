import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import type { Role } from './permissions.ts';
import classes from './roles.module.css';

const rights = ['own', 'team', 'all', 'delete_tags', 'define', 'people', 'log'] as const;
const allowed: Record<string, readonly (typeof rights)[number][]> = {
  company_admin: rights,
  sales_manager: ['own', 'team'],
  sales_rep: ['own'],
};

/** What the three built-in roles may do, as the server has it: whose records first, for that is what they decide. */
export function BuiltInMatrix({ roles }: { roles: Role[] }) {
  const { t } = useTranslation('roles');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section className={classes.frame} aria-label={t('builtIn')} tabIndex={0}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('right')}</th>
            {roles.map(({ id, user_count }) => (
              <th key={id} scope="col">
                {t(`user.roles.${id}`, { ns: 'app' })}
                <span className={classes.count}>{t('people', { count: user_count })}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rights.map((right) => (
            <tr key={right}>
              <th scope="row">{t(`rights.${right}`)}</th>
              {roles.map(({ id }) => {
                const isOn = allowed[id]?.includes(right) ?? false;
                return (
                  <td key={id} data-on={isOn || undefined}>
                    {isOn ? <Icon name="check" size={16} /> : <span aria-hidden="true">–</span>}
                    <span className="visually-hidden">{t(isOn ? 'yes' : 'no')}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
