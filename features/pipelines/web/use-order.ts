import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../web/api/client.ts';
import { type Listed, ordering, type Pipeline, pipelinesKey } from './use-pipelines.ts';

/** Shows the pipelines as they will be at once, and as they were where the server refuses. */
function useOptimistic<Input>(
  change: (input: Input) => Promise<unknown>,
  after: (items: Pipeline[], input: Input) => Pipeline[],
) {
  const client = useQueryClient();
  return useMutation({
    scope: { id: ordering },
    mutationFn: change,
    onMutate: async (input: Input) => {
      await client.cancelQueries({ queryKey: pipelinesKey });
      const before = client.getQueryData<Listed>(pipelinesKey);
      if (before) client.setQueryData(pipelinesKey, { ...before, items: after(before.items, input) });
      return before;
    },
    onError: (_error, _input, before) => client.setQueryData(pipelinesKey, before),
    onSettled: () => client.invalidateQueries({ queryKey: ['pipelines'] }),
  });
}

export const useStageOrder = ({ id }: Pipeline) =>
  useOptimistic(
    (stage_ids: string[]) =>
      answer(
        api.PATCH('/api/pipelines/{pipeline_id}/reorder-stages', {
          params: { path: { pipeline_id: id } },
          body: { stage_ids },
        }),
      ),
    (items, ids) =>
      items.map((pipeline) =>
        pipeline.id === id
          ? { ...pipeline, stages: ids.flatMap((stage) => pipeline.stages.find((each) => each.id === stage) ?? []) }
          : pipeline,
      ),
  );

/** Puts the pipelines in this order. */
export const usePipelineOrder = () =>
  useOptimistic(
    async (ordered: Pipeline[]) => {
      for (const [order_index, { id, order_index: was }] of ordered.entries()) {
        if (order_index === was) continue;
        await answer(
          api.PATCH('/api/pipelines/{pipeline_id}', { params: { path: { pipeline_id: id } }, body: { order_index } }),
        );
      }
    },
    (_items, ordered) => ordered,
  );
