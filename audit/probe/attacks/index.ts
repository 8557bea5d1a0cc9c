import { chosenId, foreignIds, massAssignment, merges, mixedBatch } from './body.ts';
import { interleaving } from './interleaving.ts';
import type { AttackKind } from './kind.ts';
import { figures, setWrites, uniqueness } from './oracles.ts';
import { change, encodings, nested, otherMethods, read, remove } from './path.ts';
import { cursors, embedding, filters, searching } from './query.ts';
import { badTokens, crossedKeys, namedCompany, strangers } from './tokens.ts';

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
  namedCompany,
  badTokens,
  crossedKeys,
  encodings,
  strangers,
  searching,
  figures,
  interleaving,
];
