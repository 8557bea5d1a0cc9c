import { useTranslation } from 'react-i18next';
import { actions, actionsOf, inOrder, isAllowed, type Permissions, toggled } from './permissions.ts';
import classes from './roles.module.css';

interface Props {
  resources: string[];
  permissions: Permissions;
  onChange: (permissions: Permissions) => void;
}

/** What a role of the company's own leaves to those who have it. */
export function RoleMatrix({ resources, permissions, onChange }: Props) {
  const { t } = useTranslation('roles');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section className={classes.frame} aria-label={t('matrix')} tabIndex={0}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('resource')}</th>
            {actions.map((action) => (
              <th key={action} scope="col">
                {t(`actions.${action}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder(resources).map((resource) => (
            <tr key={resource}>
              <th scope="row" className={permissions[resource] && classes.changed}>
                {t(`resources.${resource}`, resource)}
              </th>
              {actions.map((action) => (
                <td key={action}>
                  {actionsOf(resource).includes(action) ? (
                    <label className={classes.cell}>
                      <input
                        type="checkbox"
                        className={classes.box}
                        aria-label={t('may', {
                          action: t(`actions.${action}`),
                          resource: t(`resources.${resource}`, resource),
                        })}
                        checked={isAllowed(permissions, resource, action)}
                        onChange={({ currentTarget }) =>
                          onChange(toggled(permissions, resource, action, currentTarget.checked))
                        }
                      />
                    </label>
                  ) : (
                    <span aria-hidden="true">·</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
