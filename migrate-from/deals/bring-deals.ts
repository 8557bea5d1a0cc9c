import { openTable } from '../../features/imports/server/parse/open-table.ts';
import type { Table, TableRow } from '../../features/imports/server/parse/table.ts';
import { writing } from '../../operations/operator.ts';
import { findAdmin } from '../find-admin.ts';
import type { Mapping } from '../mappings.ts';
import { putBatch } from '../put-batch.ts';
import type { Report } from '../report.ts';
import type { SourceRow } from '../source.ts';
import { idsOf } from '../values.ts';
import { contactsOf, type People, usersOf } from './people.ts';
import { type FindStage, settlePipelines } from './pipelines.ts';
import { type DealRow, readDeal, survey } from './read-deals.ts';
import { type DealColumns, recogniseDeals } from './systems.ts';

export interface DealFile {
  path: string;
  /** By id, domain or name. */
  company: string;
  /** The admin in whose name they come, and whose the deals are that name no owner here. */
  admin: string;
  report: Report;
}

const DEALS: Mapping = { from: 'deals', into: 'deals', map: (row) => row };
const ROWS_AT_ONCE = 500;

/** Whose export of deals a file is, if it is one. */
export async function dealsIn(path: string): Promise<DealColumns | undefined> {
  const table = await openTable(path);
  try {
    return recogniseDeals(table.headers);
  } finally {
    await table.close();
  }
}

/**
 * Brings the deals of an export of HubSpot, Salesforce or Pipedrive into a company: pipelines and stages by their names,
 * made where they are missing; owners and contacts by address or name. Run again, it brings nothing twice. Each row is in
 * the report, with what was left out of it.
 */
export async function bringDeals(adminUrl: string, columns: DealColumns, file: DealFile): Promise<void> {
  const { id: companyId, currency, userId } = await findAdmin(adminUrl, file);
  const { report } = file;
  const idOf = idsOf(`${columns.system.source} of ${companyId}`);
  const table = await openTable(file.path);
  const inTheirName = <T>(work: Parameters<typeof writing<T>>[1]) =>
    writing<T>(adminUrl, async (client) => {
      await client.query(
        `select set_config('app.company_id', $1, true), set_config('app.user_id', $2, true),
           set_config('app.request', '{"method": "CLI", "path": "bulkhead migrate-from"}', true)`,
        [companyId, userId],
      );
      return work(client);
    });
  try {
    const seen = await survey(table, columns);
    const stageOf = await inTheirName((client) => settlePipelines(client, companyId, seen.pipelines, { idOf, report }));
    report.account('deals').columns = columns.spare;
    const twins = new Map<string, number>();
    for await (const batch of batchesOf(table)) {
      const deals = batch.map((row) => readDeal(row, columns, seen));
      const known = deals.filter((deal) => typeof deal !== 'string');
      const brought = await inTheirName(async (client) => {
        const contacts = await contactsOf(
          client,
          companyId,
          known.map(({ contact }) => contact),
        );
        const users = await usersOf(client, companyId);
        const rows = known.map((deal) => ({
          company_id: companyId,
          id: idOf('deals', deal.key || unnamed(deal, twins)),
          ...rowOf(deal, { stageOf, contacts, users, userId, currency }),
        }));
        return putBatch(client, DEALS, rows);
      });
      let next = 0;
      for (const [i, deal] of deals.entries()) {
        const number = String(batch[i]?.number);
        if (typeof deal === 'string') await report.row('deals', `row ${number}`, companyId, deal);
        else {
          const outcome = String(brought[next++]);
          await report.row('deals', deal.key || `row ${number}`, companyId, outcome, deal.notes.join('; '));
        }
      }
    }
  } finally {
    await table.close();
  }
}

interface Known {
  stageOf: FindStage;
  contacts: People;
  users: People;
  userId: string;
  currency: string;
}

/** The deal as a row here; what is left out is noted in it. */
function rowOf(deal: DealRow, { stageOf, contacts, users, userId, currency }: Known): SourceRow {
  const stage = stageOf(deal.pipeline, deal.stage);
  const look = (people: People, who: DealRow['contact'], what: string) => {
    const found = people.find(who);
    if (found && 'why' in found) deal.notes.push(`the ${what} ${who.name || who.email}: ${found.why}`);
    return found && 'id' in found ? found.id : undefined;
  };
  // A closed stage decides; an open one may hold deals that were won or lost in it.
  const status = stage?.end ?? deal.status;
  if (stage?.end && deal.status !== stage.end)
    deal.notes.push(`the status ${deal.status}: its stage says ${stage.end}`);
  const closed = status === 'open' ? undefined : (deal.closedOn ?? deal.expectedClose);
  const made = deal.createdOn ?? closed;
  return {
    title: deal.title,
    description: deal.description || null,
    value: deal.value,
    currency: deal.currency ?? currency,
    pipeline_id: stage?.pipelineId,
    stage_id: stage?.id,
    status,
    owner_id: look(users, deal.owner, 'owner') ?? userId,
    contact_id: look(contacts, deal.contact, 'contact') ?? null,
    company: deal.company || null,
    expected_close_date: deal.expectedClose ?? null,
    actual_close_date: closed ?? null,
    probability: stage?.end === undefined ? (deal.probability ?? stage?.probability ?? 0) : stage.probability,
    won_reason: deal.wonReason || null,
    lost_reason: deal.lostReason || null,
    tags: [...new Set(deal.tags)],
    custom_fields: {},
    stage_entered_at: made ?? new Date().toISOString(),
    created_at: made ?? new Date().toISOString(),
    updated_at: made ?? new Date().toISOString(),
  };
}

/** The same in every run for a row that has no id of its own; rows that are alike are told apart by their order. */
function unnamed({ notes: _, ...deal }: DealRow, twins: Map<string, number>): string {
  const text = JSON.stringify(deal);
  const nth = twins.get(text) ?? 0;
  twins.set(text, nth + 1);
  return `${nth} ${text}`;
}

async function* batchesOf(table: Table): AsyncGenerator<TableRow[]> {
  let batch: TableRow[] = [];
  for await (const row of table.rows()) {
    batch.push(row);
    if (batch.length < ROWS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
