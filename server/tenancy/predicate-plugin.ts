import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  type DeleteQueryNode,
  IdentifierNode,
  type InsertQueryNode,
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
  type WithNode,
} from 'kysely';
import { ownershipOf } from './ownership.ts';

/** Stands in a compiled query where the company of the one who asks belongs; the door puts it in. */
export const COMPANY = Symbol('company');

interface Tenanted {
  table: string;
  alias: string;
}

/**
 * The company-owned table that a from, join, update or delete names; undefined for sub-queries, functions and what the
 * query itself names in a `with`. A table that no feature declared is refused: it would go without its company.
 */
function tenantedTable(node: OperationNode, named: ReadonlySet<string>): Tenanted | undefined {
  if (AliasNode.is(node)) {
    const inner = tenantedTable(node.node, named);
    return inner && IdentifierNode.is(node.alias) ? { table: inner.table, alias: node.alias.name } : inner;
  }
  if (!TableNode.is(node)) return undefined;
  const { schema, identifier } = node.table;
  if (schema !== undefined) return undefined;
  const ownership = ownershipOf(identifier.name);
  if (ownership?.kind === 'global' && identifier.name !== 'companies') {
    throw new Error(`table ${identifier.name} is global: only gate functions reach it`);
  }
  if (ownership?.kind === 'company') return { table: identifier.name, alias: identifier.name };
  if (ownership === undefined && !named.has(identifier.name))
    throw new Error(`table ${identifier.name} is not declared`);
  return undefined;
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
  /** What the queries around the one at hand name in their `with`. */
  #named = new Set<string>();

  protected override transformSelectQuery(node: SelectQueryNode): SelectQueryNode {
    return this.#naming(node, () => super.transformSelectQuery(this.#ofCompany(node, node.from?.froms ?? [])));
  }

  protected override transformUpdateQuery(node: UpdateQueryNode): UpdateQueryNode {
    return this.#naming(node, () =>
      super.transformUpdateQuery(this.#ofCompany(node, [node.table, ...(node.from?.froms ?? [])])),
    );
  }

  protected override transformDeleteQuery(node: DeleteQueryNode): DeleteQueryNode {
    return this.#naming(node, () =>
      super.transformDeleteQuery(this.#ofCompany(node, [...node.from.froms, ...(node.using?.tables ?? [])])),
    );
  }

  protected override transformInsertQuery(node: InsertQueryNode): InsertQueryNode {
    return this.#naming(node, () => super.transformInsertQuery(node));
  }

  #ofCompany<Node extends { where?: WhereNode }>(node: Node, tables: readonly (OperationNode | undefined)[]): Node {
    const tenanted = tables
      .map((table) => table && tenantedTable(table, this.#named))
      .filter((table) => table !== undefined);
    const where = withWhere(node.where, tenanted);
    return where === undefined ? node : { ...node, where };
  }

  #naming<Node>({ with: named }: { with?: WithNode }, transform: () => Node): Node {
    if (named === undefined) return transform();
    const outer = this.#named;
    this.#named = new Set([...outer, ...named.expressions.map(({ name }) => name.table.table.identifier.name)]);
    try {
      return transform();
    } finally {
      this.#named = outer;
    }
  }

  protected override transformMergeQuery(): never {
    throw new Error('a merge gets no company predicate: use insert ... on conflict, or an update and an insert');
  }

  protected override transformJoin(node: JoinNode): JoinNode {
    const table = tenantedTable(node.table, this.#named);
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
