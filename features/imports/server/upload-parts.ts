import type { FastifyRequest } from 'fastify';
import { invalid, ProblemError } from '../../../server/platform/problems.ts';
import { dropFile, type StoredFile, storeFile } from './import-file.ts';

export interface Upload {
  file: StoredFile;
  /** As the user knows it; for people's eyes only. */
  fileName: string;
  fields: Record<string, string>;
}

/** Receives the one file and the text fields of a form. The file is on disk when this returns, and nowhere when it throws. */
export async function receiveUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) {
    throw new ProblemError('unsupported-media-type', 'Send the file as multipart/form-data.');
  }
  const fields: Record<string, string> = {};
  let file: StoredFile | undefined;
  let fileName = '';
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (part.valueTruncated || part.fieldnameTruncated) throw invalid(part.fieldname, 'too_long', 'is too long');
        fields[part.fieldname] = String(part.value);
      } else if (file === undefined) {
        fileName = displayName(part.filename);
        file = await storeFile(request.company.context.companyId, part.file);
      } else {
        throw invalid('file', 'too_many', 'only one file at a time');
      }
    }
  } catch (error) {
    if (file !== undefined) await dropFile(file.path);
    throw error;
  }
  if (file === undefined) throw invalid('file', 'required', 'is missing');
  return { file, fileName, fields };
}

// Control characters and marks that turn the direction of text have no business in a name that people are shown.
const displayName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .split(/[\\/]/)
    .at(-1)
    ?.slice(-255)
    .replace(/\p{Cs}/gu, '')
    .trim() || 'contacts';
