import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  type DeleteQueryNode,
  IdentifierNode,
  type JoinNode,
  type KyselyPlugin,
  OnNode,
  type OperationNode,
  OperationNodeTransformer,
  OperatorNode,
  ParensNode,
  type PluginTransformQueryArgs,
  ReferenceNode,
  type RootOperationNode,
  type SelectQueryNode,
  TableNode,
  type UpdateQueryNode,
  ValueNode,
  WhereNode,
} from 'kysely';
import { ownershipOf } from './ownership.ts';

/** Stands in a compiled query where the company of the one who asks belongs; the door puts it in. */
export const COMPANY = Symbol('company');

interface Tenanted {
  table: string;
  alias: string;
}

/** The company-owned table that a from, join, update or delete names; undefined for sub-queries and functions. */
function tenantedTable(node: OperationNode): Tenanted | undefined {
  if (AliasNode.is(node)) {
    const inner = tenantedTable(node.node);
    return inner && IdentifierNode.is(node.alias) ? { table: inner.table, alias: node.alias.name } : inner;
  }
  if (!TableNode.is(node)) return undefined;
  const { schema, identifier } = node.table;
  if (schema !== undefined) return undefined;
  const ownership = ownershipOf(identifier.name);
  if (ownership?.kind === 'global' && identifier.name !== 'companies') {
    throw new Error(`table ${identifier.name} is global: only gate functions reach it`);
  }
  return ownership?.kind === 'company' ? { table: identifier.name, alias: identifier.name } : undefined;
}

function isCompany({ alias }: Tenanted): OperationNode {
  return BinaryOperationNode.create(
    ReferenceNode.create(ColumnNode.create('company_id'), TableNode.create(alias)),
    OperatorNode.create('='),
    ValueNode.create(COMPANY),
  );
}

function withWhere(where: WhereNode | undefined, tables: Tenanted[]): WhereNode | undefined {
  let condition = where === undefined ? undefined : (ParensNode.create(where.where) as OperationNode);
  for (const table of tables) {
    condition = condition === undefined ? isCompany(table) : AndNode.create(isCompany(table), condition);
  }
  return condition === undefined ? undefined : WhereNode.create(condition);
}

class PredicateTransformer extends OperationNodeTransformer {
  protected override transformSelectQuery(node: SelectQueryNode): SelectQueryNode {
    const tables = (node.from?.froms ?? []).map(tenantedTable).filter((t) => t !== undefined);
    const where = withWhere(node.where, tables);
    return super.transformSelectQuery(where === undefined ? node : { ...node, where });
  }

  protected override transformUpdateQuery(node: UpdateQueryNode): UpdateQueryNode {
    const named = [node.table, ...(node.from?.froms ?? [])].filter((n) => n !== undefined);
    const where = withWhere(
      node.where,
      named.map(tenantedTable).filter((t) => t !== undefined),
    );
    return super.transformUpdateQuery(where === undefined ? node : { ...node, where });
  }

  protected override transformDeleteQuery(node: DeleteQueryNode): DeleteQueryNode {
    const named = [...node.from.froms, ...(node.using?.tables ?? [])];
    const where = withWhere(
      node.where,
      named.map(tenantedTable).filter((t) => t !== undefined),
    );
    return super.transformDeleteQuery(where === undefined ? node : { ...node, where });
  }

  protected override transformMergeQuery(): never {
    throw new Error('a merge gets no company predicate: use insert ... on conflict, or an update and an insert');
  }

  protected override transformJoin(node: JoinNode): JoinNode {
    const table = tenantedTable(node.table);
    if (table === undefined) return super.transformJoin(node);
    const on =
      node.on === undefined
        ? OnNode.create(isCompany(table))
        : OnNode.cloneWithOperation(node.on, 'And', isCompany(table));
    // A cross join takes no condition; an inner join that has only this one is the same.
    const joinType = node.joinType === 'CrossJoin' ? 'InnerJoin' : node.joinType;
    return super.transformJoin({ ...node, joinType, on });
  }
}

/**
 * Adds `company_id = <company>` for every company-owned table that a query reads, joins, updates or deletes from. The
 * policies would hold without it; the planner and a distributed engine need it, and it is a second check.
 */
export class PredicatePlugin implements KyselyPlugin {
  readonly #transformer = new PredicateTransformer();

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    return this.#transformer.transformNode(node);
  }

  async transformResult(): Promise<never> {
    throw new Error('queries run through a company door');
  }
}
