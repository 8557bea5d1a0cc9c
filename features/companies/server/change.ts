import { ProblemError } from '../../../server/platform/problems.ts';
import { type CompanyChange, type OwnChange, type PlatformChange, platformFields } from '../contract.ts';

const NOT_OWN = new Set(Object.keys(platformFields));
const ALSO_PLATFORMS = new Set(['name', 'email', ...NOT_OWN]);

/** The change as one that the company's admins may make; 422 with the fields that are not for them. */
export function ownChange(change: CompanyChange): OwnChange {
  const others = Object.keys(change).filter((field) => NOT_OWN.has(field));
  refuse(
    others.map((field) => ({ field, code: 'not_yours', message: 'Only the staff of the platform may change this.' })),
  );
  return change;
}

/** The change as one that the platform's staff may make; 422 with the fields that are not for them. */
export function platformChange(change: CompanyChange): PlatformChange {
  const others = Object.keys(change).filter((field) => !ALSO_PLATFORMS.has(field));
  refuse(
    others.map((field) => ({ field, code: 'not_yours', message: 'Only the admins of the company may change this.' })),
  );
  return change;
}

function refuse(errors: { field: string; code: string; message: string }[]): void {
  if (errors.length > 0) throw new ProblemError('not-yours', undefined, errors);
}
