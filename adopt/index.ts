/** Makes an existing database multi-tenant; docs/adopting.md shows how. */

export { type Applied, type ApplyOptions, apply } from './apply.ts';
export type { Remaining } from './audit.ts';
export { backUp, type Manifest } from './backup.ts';
export type { Answers } from './classify.ts';
export { makePlan } from './make-plan.ts';
export { type Page, servePage } from './page/serve.ts';
export { type Decisions, PHASES, type Phase, type Plan, type Step } from './plan.ts';
export { readPlan, writePlan } from './plan-file.ts';
export {
  type Quarantined,
  quarantined,
  type Resolution,
  resolve,
  resolveEach,
  restore,
  type SetAside,
  setAsides,
} from './resolve.ts';
export { type Restored, type RestoreOptions, restoreBackUp } from './restore-backup.ts';
export { type RollbackOptions, rollback } from './rollback.ts';
export type { OnProgress, Progress } from './run.ts';
export { trust } from './trust-roles.ts';
export type { Check } from './verify/check.ts';
export { type Verified, type VerifyOptions, verify } from './verify.ts';
