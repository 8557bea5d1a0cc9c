import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Problem } from '../../../web/api/problem.ts';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { DeadLink } from '../../auth/web/dead-link.tsx';
import { Entrance } from '../../auth/web/entrance.tsx';
import { AcceptForm } from './accept-form.tsx';

export default function AcceptPage() {
  const { t } = useTranslation('invitations');
  const [{ token = '' }] = usePageSearch();
  const offer = useQuery({
    queryKey: ['invitations', 'offer', token],
    queryFn: () => answer(api.GET('/api/invitations/verify/{token}', { params: { path: { token } } })),
    enabled: token !== '',
    // One who fills in the form must not lose it to a refetch.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const isGone = offer.error instanceof Problem && offer.error.is('gone');
  const isUnknown = offer.error instanceof Problem && (offer.error.status === 404 || offer.error.status === 400);
  if (token === '' || isGone || isUnknown) {
    return (
      <DeadLink
        title={t(isGone ? 'goneTitle' : 'unknownTitle')}
        text={t(isGone ? 'gone' : 'unknown')}
        to="/login"
        action={t('logIn')}
      />
    );
  }
  if (offer.data) return <AcceptForm token={token} offer={offer.data} />;
  return (
    <Entrance title={t('title')}>
      {offer.isError ? <Trouble error={offer.error} retry={() => void offer.refetch()} /> : <Lines count={5} />}
    </Entrance>
  );
}
