import { chosenId, foreignIds, massAssignment, merges, mixedBatch } from './body.ts';
import { caches } from './caches.ts';
import { exportsOfA } from './exports.ts';
import { filesOfA } from './files.ts';
import { interleaving } from './interleaving.ts';
import type { AttackKind } from './kind.ts';
import { logs } from './logs.ts';
import { figures, setWrites, uniqueness } from './oracles.ts';
import { change, encodings, nested, otherMethods, read, remove } from './path.ts';
import { cursors, embedding, filters, searching } from './query.ts';
import { realtime } from './realtime.ts';
import { secondPaths } from './second-paths.ts';
import { staff } from './staff.ts';
import { badTokens, crossedKeys, namedCompany, strangers } from './tokens.ts';
import { webhooks } from './webhooks.ts';
import { workflows } from './workflows.ts';

/** The attacks of the matrix that can be made on any endpoint, in the order of the matrix but for those that move A. */
export const attackKinds: readonly AttackKind[] = [
  read,
  change,
  remove,
  otherMethods,
  nested,
  foreignIds,
  massAssignment,
  chosenId,
  mixedBatch,
  setWrites,
  filters,
  cursors,
  embedding,
  uniqueness,
  merges,
  exportsOfA,
  namedCompany,
  badTokens,
  crossedKeys,
  webhooks,
  workflows,
  caches,
  staff,
  logs,
  encodings,
  secondPaths,
  strangers,
  searching,
  figures,
  filesOfA,
  realtime,
  interleaving,
];
