import { useQuery } from '@tanstack/react-query';
import { answer, api, type Item } from '../../../web/api/client.ts';

export type Pipeline = Item<'/api/pipelines'>;
export type Stage = Pipeline['stages'][number];

export interface Listed {
  items: Pipeline[];
}

export const pipelinesKey = ['pipelines', 'all'];

/** The scope of changes of the order: what is saved next waits for them, for each gives a stage another version. */
export const ordering = 'order of pipelines';

/** The company's pipelines with their stages, in their order. */
export const usePipelines = () =>
  useQuery({
    queryKey: pipelinesKey,
    queryFn: () => answer(api.GET('/api/pipelines', { params: { query: { limit: 200 } } })),
    staleTime: 300_000,
  });
