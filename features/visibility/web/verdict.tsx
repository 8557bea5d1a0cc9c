import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Problem } from '../../../web/api/problem.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { nameOf, usePeople } from '../../users/web/people.ts';
import classes from './access.module.css';
import { type Step, stepsOf } from './reasons.ts';
import type { Kind } from './records.ts';

export function Verdict({ person: id, kind, record }: { person: string; kind: Kind; record: string }) {
  const { t } = useTranslation('visibility');
  const people = usePeople();
  const roles = useQuery({ queryKey: ['roles', 'list'], queryFn: () => answer(api.GET('/api/roles')) });
  const teams = useQuery({
    queryKey: ['teams', 'all'],
    queryFn: () => answer(api.GET('/api/teams', { params: { query: { limit: 200 } } })),
  });
  const told = useQuery({
    // Teams, roles and owners all bear on it: what colleagues change there is asked anew.
    queryKey: [kind, 'visibility', id, record, people.dataUpdatedAt, teams.dataUpdatedAt],
    queryFn: () =>
      answer(
        api.GET('/api/visibility/{user_id}', {
          params: { path: { user_id: id }, query: { resource: kind, id: record } },
        }),
      ),
  });
  if (told.error instanceof Problem && told.error.status === 404) {
    return <EmptyState icon="search" title={t('missingTitle')} text={t('missingText')} />;
  }
  const failed = [told, people, roles, teams].find(({ isError }) => isError);
  if (failed) return <Trouble error={failed.error} retry={() => void failed.refetch()} />;
  const person = people.data?.find((each) => each.id === id);
  if (!told.data || !people.data || !roles.data || !teams.data) return <Lines count={6} />;
  if (!person) return <EmptyState icon="person" title={t('missingTitle')} text={t('missingText')} />;
  const called = (user: string | null) => {
    const found = people.data.find((each) => each.id === user);
    return found ? nameOf(found) : t('somebody');
  };
  const role = roles.data.items.find((each) => each.id === person.role_id);
  const { sees, steps, advice } = stepsOf({
    told: told.data,
    person,
    role,
    kind,
    teams: told.data.shared_team_ids.flatMap((team) => teams.data.items.find((each) => each.id === team)?.name ?? []),
  });
  const words = {
    person: nameOf(person),
    owner: called(told.data.owner_id),
    other: called(told.data.private_to),
    role: role?.name,
    record: t(`these.${kind}`),
  };
  return (
    <section className={classes.verdict} aria-live="polite">
      <h2 className={classes.answer} data-sees={sees}>
        <Icon name={sees ? 'check' : 'close'} size={20} />
        {t(sees ? 'sees' : 'seesNot', words)}
      </h2>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <StepLine key={step.says} step={step} words={words} />
        ))}
      </ol>
      {advice && <p className={classes.advice}>{t(`advice.${advice}`, words)}</p>}
    </section>
  );
}

const icons = { grants: 'check', blocks: 'close', passes: 'more' } as const;

function StepLine({ step, words }: { step: Step; words: Record<string, string | undefined> }) {
  const { t } = useTranslation('visibility');
  return (
    <li className={classes.step} data-effect={step.effect}>
      <Icon name={icons[step.effect]} size={16} />
      <span>
        {t(`steps.${step.says}`, { ...words, teams: step.teams })}
        {step.effect !== 'passes' && <span className={classes.decides}> {t(`effects.${step.effect}`)}</span>}
      </span>
    </li>
  );
}
