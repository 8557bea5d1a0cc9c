/** Makes an existing database multi-tenant; docs/adopting.md shows how. */
export { type Applied, type ApplyOptions, apply } from './apply.ts';
export { backUp, type Manifest, restoreBackUp } from './backup.ts';
export type { Answers } from './classify.ts';
export { makePlan } from './make-plan.ts';
export { type Decisions, PHASES, type Phase, type Plan, type Step } from './plan.ts';
export { readPlan, writePlan } from './plan-file.ts';
export {
  type Quarantined,
  quarantined,
  type Resolution,
  resolve,
  restore,
  type SetAside,
  setAsides,
} from './resolve.ts';
export { type RollbackOptions, rollback } from './rollback.ts';
export type { OnProgress, Progress } from './run.ts';
export { type Check, type Verified, type VerifyOptions, verify } from './verify.ts';
