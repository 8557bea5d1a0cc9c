import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../web/api/client.ts';
import type { paths } from '../../../web/api.d.ts';
import { type Import, type ImportColumn, isWorking } from './import.ts';

const one = (id: string) => ['imports', 'one', id];
const at = (id: string) => ({ params: { path: { import_id: id } } });
/** The socket tells of progress; this is for where it cannot be had. */
const ASK_AGAIN_MS = 2000;

export function useImport(id: string) {
  return useQuery({
    queryKey: one(id),
    queryFn: () => answer(api.GET('/api/imports/{import_id}', at(id))),
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? ASK_AGAIN_MS : false),
  });
}

/** The first rows of the file, as they are and as they would become by the settings of this version. */
export function usePreview({ id, version }: Pick<Import, 'id' | 'version'>) {
  return useQuery({
    queryKey: ['imports', 'preview', id, version],
    queryFn: async () => (await answer(api.POST('/api/imports/{import_id}/preview', at(id)))).preview,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

type Settings = paths['/api/imports/{import_id}']['put']['requestBody']['content']['application/json'];

/** Saves a setting as it is chosen: a reload finds it. Changes follow one another, each on top of the one before. */
export function useSettings(id: string) {
  const client = useQueryClient();
  return useMutation({
    scope: { id: `import ${id}` },
    mutationFn: (body: Settings) => {
      const version = client.getQueryData<Import>(one(id))?.version;
      const headers = version === undefined ? {} : { 'if-match': `"${version}"` };
      return answer(api.PUT('/api/imports/{import_id}', { ...at(id), body, headers }));
    },
    onMutate: ({ mapping = {}, ...plain }) => {
      const it = client.getQueryData<Import>(one(id));
      if (!it) return;
      // What was asked for before would come back over what is chosen now.
      void client.cancelQueries({ queryKey: one(id) }, { revert: false, silent: true });
      const columns = it.mapping.map((column) => ({ ...column, field: chosen(mapping, column) }));
      client.setQueryData<Import>(one(id), { ...it, ...plain, mapping: columns });
    },
    onSuccess: (it) => client.setQueryData(one(id), it),
    onError: () => client.invalidateQueries({ queryKey: one(id) }),
  });
}

const chosen = (mapping: NonNullable<Settings['mapping']>, { header, field }: ImportColumn) =>
  Object.hasOwn(mapping, header) ? (mapping[header] ?? null) : field;

const steps = {
  start: (id: string) => api.POST('/api/imports/{import_id}/start', at(id)),
  cancel: (id: string) => api.POST('/api/imports/{import_id}/cancel', at(id)),
  undo: (id: string) => api.POST('/api/imports/{import_id}/undo', at(id)),
};

/** Moves an import on; how it stands afterwards is shown at once. */
export function useMove(id: string, step: keyof typeof steps) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (): Promise<Import> => answer<Import>(steps[step](id)),
    onSuccess: (it) => {
      client.setQueryData(one(id), it);
      return client.invalidateQueries({ queryKey: ['imports', 'list'] });
    },
    onError: () => client.invalidateQueries({ queryKey: one(id) }),
  });
}
