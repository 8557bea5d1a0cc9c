import type { Table, TableRow } from '../../features/imports/server/parse/table.ts';
import type { DealColumns, DealField } from './systems.ts';
import { amountOf, type DateOrder, dayOf, endOf, isYes, orderOf, personIn } from './values.ts';

/** A stage as the deals in the file tell of it. */
export interface SeenStage {
  name: string;
  end: 'won' | 'lost' | undefined;
  /** The likeliest that a deal in it was said to be, in percent. */
  probability: number;
}

/** What is to be known of all rows before the first is brought. */
export interface Survey {
  dates: DateOrder;
  /** Pipeline to its stages, in the order in which deals go through them as far as the file lets it be told. */
  pipelines: Map<string, SeenStage[]>;
}

export interface DealRow {
  /** As the other system calls it; empty where the file does not say. */
  key: string;
  title: string;
  pipeline: string;
  stage: string;
  status: 'open' | 'won' | 'lost';
  value: string;
  currency: string | undefined;
  expectedClose: string | undefined;
  closedOn: string | undefined;
  createdOn: string | undefined;
  owner: { name: string; email: string | undefined };
  contact: { name: string; email: string | undefined };
  company: string;
  probability: number | undefined;
  wonReason: string;
  lostReason: string;
  description: string;
  tags: string[];
  /** What was left out of it, and why. */
  notes: string[];
}

type Cells = (field: DealField) => string;

const cellsOf =
  ({ places }: DealColumns, { cells }: TableRow): Cells =>
  (field) =>
    (places.get(field) ?? []).map((at) => (cells[at] ?? '').trim()).find((cell) => cell !== '') ?? '';

export async function survey(table: Table, columns: DealColumns): Promise<Survey> {
  let dates: DateOrder | undefined;
  const pipelines = new Map<string, Map<string, SeenStage>>();
  for await (const row of table.rows()) {
    const cell = cellsOf(columns, row);
    dates ??= (['expected_close', 'closed_at', 'created_at'] as const).map((f) => orderOf(cell(f))).find(Boolean);
    const stage = cell('stage');
    if (stage === '') continue;
    const name = cell('pipeline') || columns.system.pipeline;
    const stages = pipelines.get(name) ?? new Map<string, SeenStage>();
    pipelines.set(name, stages);
    const seen = stages.get(stage.toLowerCase()) ?? { name: stage, end: endOf(stage), probability: 0 };
    seen.probability = Math.max(seen.probability, percentOf(cell('probability'), columns) ?? 0);
    stages.set(stage.toLowerCase(), seen);
  }
  const place = ({ end, probability }: SeenStage) => (end === undefined ? probability : end === 'won' ? 200 : 300);
  return {
    dates: dates ?? 'month first',
    pipelines: new Map(
      [...pipelines].map(([name, stages]) => [name, [...stages.values()].sort((a, b) => place(a) - place(b))]),
    ),
  };
}

/** The deal in a row; a text says why there is none. */
export function readDeal(row: TableRow, columns: DealColumns, { dates }: Survey): DealRow | string {
  if (row.error) return row.error.message;
  const cell = cellsOf(columns, row);
  const notes: string[] = [];
  const [title, stage] = [cell('title'), cell('stage')];
  if (title === '') return 'It has no title.';
  if (stage === '') return 'It is in no stage.';
  const amount = amountOf(cell('amount'));
  if (amount.value?.startsWith('-')) return 'Its amount is below zero.';
  if (amount.value === undefined && cell('amount') !== '') notes.push(`the amount “${cell('amount')}” is no number`);
  const day = (field: DealField, what: string) => {
    const found = dayOf(cell(field), dates);
    if (found === undefined && cell(field) !== '') notes.push(`the ${what} “${cell(field)}” is no date`);
    return found;
  };
  const contact = personIn(cell('contact'));
  if (contact.others) notes.push('of its contacts only the first');
  const { name, email } = personIn(cell('owner'));
  return {
    key: cell('id'),
    title,
    stage,
    notes,
    pipeline: cell('pipeline') || columns.system.pipeline,
    status: statusOf(cell),
    value: amount.value ?? '0',
    currency: /^[A-Z]{3}$/.test(cell('currency').toUpperCase()) ? cell('currency').toUpperCase() : amount.currency,
    expectedClose: day('expected_close', 'close date'),
    closedOn: day('closed_at', 'day it was closed'),
    createdOn: day('created_at', 'day it was made'),
    owner: { name, email },
    contact: { name: contact.name, email: personIn(cell('contact_email')).email ?? contact.email },
    company: cell('company'),
    probability: percentOf(cell('probability'), columns),
    wonReason: cell('won_reason'),
    lostReason: cell('lost_reason'),
    description: cell('description'),
    tags: cell('tags')
      .split(/[;,]/)
      .map((tag) => tag.trim())
      .filter(Boolean),
  };
}

function statusOf(cell: Cells): DealRow['status'] {
  const said = cell('status').toLowerCase();
  if (said === 'won' || said === 'lost') return said;
  if (isYes(cell('won'))) return 'won';
  if (isYes(cell('lost'))) return 'lost';
  return endOf(cell('stage')) ?? 'open';
}

/** `40` and `40 %`; HubSpot writes `0.4`. */
function percentOf(text: string, { system }: DealColumns): number | undefined {
  const digits = /^(\d+(?:[.,]\d+)?)\s*%?$/.exec(text.trim())?.[1];
  if (digits === undefined) return undefined;
  const number = Number(digits.replace(',', '.'));
  const percent = system.source === 'hubspot' && number <= 1 && !text.includes('%') ? number * 100 : number;
  return percent <= 100 ? percent : undefined;
}
