import type { RootOperationNode } from 'kysely';
import { PredicatePlugin } from '../../../server/tenancy/predicate-plugin.ts';
import { q } from '../../../server/tenancy/query.ts';
import { defineOffences } from '../../mutation/offence.ts';

/** A plugin that leaves out one kind of query, as one does that was written before that kind was needed. */
class Forgetful extends PredicatePlugin {
  constructor(readonly kind: RootOperationNode['kind']) {
    super();
  }
  override transformQuery(args: Parameters<PredicatePlugin['transformQuery']>[0]): RootOperationNode {
    return args.node.kind === this.kind ? args.node : super.transformQuery(args);
  }
}
const forgetting = (kind: RootOperationNode['kind']) => () => ({
  query: q.withoutPlugins().withPlugin(new Forgetful(kind)),
});

export default defineOffences([
  {
    what: 'a company’s table that is declared global',
    application: ({ tables }) => ({
      tables: new Map([...tables, ['contacts', { kind: 'global', reason: 'in a hurry' }]]),
    }),
  },
  {
    what: 'a company’s table that nobody declared',
    application: ({ tables }) => ({ tables: new Map([...tables].filter(([name]) => name !== 'notes')) }),
  },
  { what: 'a query builder without its plugin', application: () => ({ query: q.withoutPlugins() }) },
  { what: 'a query builder that forgets deletes', application: forgetting('DeleteQueryNode') },
  { what: 'a query builder that forgets updates', application: forgetting('UpdateQueryNode') },
  {
    what: 'a model without its company',
    sources: {
      'db/types.ts': (text) => text.replace(/(export interface Deals \{[^}]*?) {2}company_id: [^;]*;\n/, '$1'),
    },
    also: [46],
  },
]);
