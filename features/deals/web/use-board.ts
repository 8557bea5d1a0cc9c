import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../web/api/client.ts';
import type { BoardAnswer } from './deal.ts';

const CARDS = 50;

/** Which deals of a pipeline the board shows. */
export interface BoardFilter {
  pipeline_id: string;
  owner_id?: string;
  search?: string;
}

export const boardFilter = (pipeline: string, owner: string | undefined, q: string): BoardFilter => ({
  pipeline_id: pipeline,
  ...(owner ? { owner_id: owner } : {}),
  ...(q ? { search: q } : {}),
});

export const boardKey = (filter: BoardFilter) => ['deals', 'board', filter];

export const useBoard = (filter: BoardFilter) =>
  useQuery({
    queryKey: boardKey(filter),
    queryFn: () => answer(api.GET('/api/deals/board', { params: { query: { ...filter, limit: CARDS } } })),
    // Typing in the search must not blink; another pipeline's stages are others.
    placeholderData: (before, query) =>
      (query?.queryKey[2] as BoardFilter | undefined)?.pipeline_id === filter.pipeline_id
        ? keepPreviousData(before)
        : undefined,
  });

/** Fetches the stage's next cards and puts them under those that are there. */
export function useMore(filter: BoardFilter) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ stageId, cursor }: { stageId: string; cursor: string }) => {
      const query = { ...filter, stage_id: stageId, cursor, limit: CARDS };
      return answer(api.GET('/api/deals', { params: { query } }));
    },
    onSuccess: (page, { stageId }) =>
      client.setQueryData<BoardAnswer>(
        boardKey(filter),
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
