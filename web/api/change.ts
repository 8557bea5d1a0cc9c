import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyDone } from '../kit/notify.ts';

interface Options<Input, Output> {
  /** The tables whose lists are read anew. */
  tables: string[];
  /** What to tell when it is done. */
  done?: ((output: Output, input: Input) => string) | string;
  onDone?: (output: Output, input: Input) => void;
  onError?: (error: Error) => void;
  /** Where no form shows what went wrong, a message does. */
  loud?: boolean;
  /** Waits for changes of the same scope that are under way, and until what hangs on them has been read anew. */
  scope?: string;
}

/** A change that a form or a button makes: what hangs on it is read anew, and people are told. */
export function useChange<Input, Output>(change: (input: Input) => Promise<Output>, options: Options<Input, Output>) {
  const client = useQueryClient();
  return useMutation({
    meta: { quiet: !options.loud },
    ...(options.scope && { scope: { id: options.scope } }),
    mutationFn: change,
    onSuccess: async (output, input) => {
      const { done } = options;
      if (done) notifyDone(typeof done === 'string' ? done : done(output, input));
      options.onDone?.(output, input);
      await Promise.all(options.tables.map((table) => client.invalidateQueries({ queryKey: [table] })));
    },
    onError: (error) => options.onError?.(error),
  });
}
