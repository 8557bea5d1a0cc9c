import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answer, api } from '../../../web/api/client.ts';
import { addressOf } from './import.ts';

export const ACCEPTED = '.csv,.tsv,.txt,.xlsx';

/** Sends a file, and goes on to its columns. */
export function useUpload() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    meta: { quiet: true },
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file);
      // The browser writes the form's own content type.
      const sent = { body: form as never, bodySerializer: (body: unknown) => body as FormData };
      const isWorkbook = /\.xlsx?$/i.test(file.name);
      return answer(
        isWorkbook ? api.POST('/api/contacts/upload-excel', sent) : api.POST('/api/contacts/upload-csv', sent),
      );
    },
    onSuccess: ({ preview, ...it }) => {
      client.setQueryData(['imports', 'one', it.id], it);
      client.setQueryData(['imports', 'preview', it.id, it.version], preview);
      void client.invalidateQueries({ queryKey: ['imports', 'list'] });
      void navigate({ to: addressOf(it.id) });
    },
  });
}
