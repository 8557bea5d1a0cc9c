import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../web/api/client.ts';
import type { BoardAnswer, Deal, Pipeline, Stage } from './deal.ts';
import { moved } from './move.ts';

const CARDS = 50;

export const usePipelines = () =>
  useQuery({ queryKey: ['pipelines'], queryFn: () => answer(api.GET('/api/pipelines')), staleTime: 300_000 });

const boardKey = (pipeline: string) => ['deals', 'board', pipeline];

export const useBoard = (pipeline: string) =>
  useQuery({
    queryKey: boardKey(pipeline),
    queryFn: () => answer(api.GET('/api/deals/board', { params: { query: { pipeline_id: pipeline, limit: CARDS } } })),
  });

/** Shows the move at once and takes it back when the server refuses; the refusal itself is shown for all mutations. */
export function useMove(pipeline: Pipeline) {
  const client = useQueryClient();
  const key = boardKey(pipeline.id);
  return useMutation({
    mutationKey: ['deals', 'move'],
    mutationFn: ({ deal, stage }: { deal: Deal; stage: Stage }) =>
      answer(
        api.PATCH('/api/deals/{deal_id}/move', {
          params: { path: { deal_id: deal.id } },
          body: { stage_id: stage.id },
        }),
      ),
    onMutate: async ({ deal, stage }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<BoardAnswer>(key);
      if (before) client.setQueryData(key, moved(before, deal, stage, pipeline.stages));
      return before;
    },
    onError: (_error, _move, before) => client.setQueryData(key, before),
    onSettled: () => {
      // The last of several quick moves fetches; a fetch in between would show the earlier state for a moment.
      if (client.isMutating({ mutationKey: ['deals', 'move'] }) === 1) {
        return client.invalidateQueries({ queryKey: ['deals'] });
      }
      return undefined;
    },
  });
}

/** Fetches the stage's next cards and puts them under those that are there. */
export function useMore(pipeline: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ stageId, cursor }: { stageId: string; cursor: string }) => {
      const query = { pipeline_id: pipeline, stage_id: stageId, cursor, limit: CARDS };
      return answer(api.GET('/api/deals', { params: { query } }));
    },
    onSuccess: (page, { stageId }) =>
      client.setQueryData<BoardAnswer>(
        boardKey(pipeline),
        (board) =>
          board && {
            ...board,
            stages: board.stages.map((column) =>
              column.stage_id === stageId
                ? { ...column, items: [...column.items, ...page.items], next_cursor: page.next_cursor }
                : column,
            ),
          },
      ),
  });
}
