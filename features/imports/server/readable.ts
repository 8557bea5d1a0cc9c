import { ProblemError } from '../../../server/platform/problems.ts';
import { ImportFileError } from './parse/errors.ts';

/** Does something with a file; a file that cannot be read answers 422 with the reason. */
export async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error;
    const { code, message } = error;
    throw new ProblemError('unprocessable-file', message, [{ field: 'file', code, message }]);
  }
}
