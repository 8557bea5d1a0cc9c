import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../web/api/client.ts';
import { usePipelines } from '../../pipelines/web/use-pipelines.ts';
import type { Deal } from './deal.ts';

export const dealKey = (id: string) => ['deals', 'one', id];

export const useDeal = (id: string) =>
  useQuery({
    queryKey: dealKey(id),
    queryFn: () => answer(api.GET('/api/deals/{deal_id}', { params: { path: { deal_id: id } } })),
  });

/** The pipeline that the deal goes through, once it is known. */
export function usePipelineOf(deal: Pick<Deal, 'pipeline_id'> | undefined) {
  return usePipelines().data?.items.find(({ id }) => id === deal?.pipeline_id);
}
