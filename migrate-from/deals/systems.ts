import { headerWords } from '../../features/imports/server/mapping/header-words.ts';

export const DEAL_FIELDS = [
  'id',
  'title',
  'pipeline',
  'stage',
  'status',
  'won',
  'lost',
  'amount',
  'currency',
  'expected_close',
  'closed_at',
  'owner',
  'contact',
  'contact_email',
  'company',
  'probability',
  'won_reason',
  'lost_reason',
  'description',
  'tags',
  'created_at',
] as const;
export type DealField = (typeof DEAL_FIELDS)[number];

export interface DealSystem {
  source: 'hubspot' | 'salesforce' | 'pipedrive';
  /** What its deals are in where the file does not say. */
  pipeline: string;
  /** Names of a column, the best first, as its exports and reports write them. */
  columns: Partial<Record<DealField, string[]>>;
}

// Exports carry the prefix `Deal - `, older ones do not.
const prefixed = (...names: string[]): string[] => names.flatMap((name) => [`Deal - ${name}`, name]);

const SYSTEMS: DealSystem[] = [
  {
    source: 'hubspot',
    pipeline: 'Sales Pipeline',
    columns: {
      id: ['Record ID', 'Deal ID', 'Record ID - Deal'],
      title: ['Deal Name'],
      pipeline: ['Pipeline'],
      stage: ['Deal Stage'],
      won: ['Is Closed Won', 'Is closed won'],
      lost: ['Is Closed Lost'],
      amount: ['Amount'],
      currency: ['Currency'],
      expected_close: ['Close Date'],
      owner: ['Deal owner', 'Deal owner email'],
      contact: ['Associated Contact', 'Associated Contacts', 'Primary Contact'],
      contact_email: ['Associated Contact Email', 'Contact email'],
      company: ['Associated Company', 'Associated Company (Primary)', 'Primary Associated Company'],
      probability: ['Deal probability'],
      won_reason: ['Closed Won Reason'],
      lost_reason: ['Closed Lost Reason'],
      description: ['Deal Description'],
      tags: ['Deal Tags'],
      created_at: ['Create Date'],
    },
  },
  {
    source: 'salesforce',
    pipeline: 'Opportunities',
    columns: {
      id: ['Opportunity ID', 'Id'],
      title: ['Opportunity Name', 'Name'],
      stage: ['Stage', 'StageName'],
      won: ['Won', 'IsWon'],
      amount: ['Amount'],
      currency: ['Amount Currency', 'Opportunity Currency', 'CurrencyIsoCode'],
      expected_close: ['Close Date', 'CloseDate'],
      owner: ['Opportunity Owner', 'Owner'],
      contact: ['Contact Name', 'Primary Contact', 'Contact: Full Name'],
      contact_email: ['Contact: Email', 'Primary Contact Email', 'Email'],
      company: ['Account Name'],
      probability: ['Probability (%)', 'Probability'],
      lost_reason: ['Loss Reason', 'Lost Reason'],
      description: ['Description'],
      created_at: ['Created Date', 'CreatedDate'],
    },
  },
  {
    source: 'pipedrive',
    pipeline: 'Pipeline',
    columns: {
      id: prefixed('ID'),
      title: prefixed('Title'),
      pipeline: prefixed('Pipeline'),
      stage: prefixed('Stage'),
      status: prefixed('Status'),
      amount: prefixed('Value'),
      currency: prefixed('Currency of Value', 'Currency'),
      expected_close: prefixed('Expected close date'),
      closed_at: prefixed('Deal closed on', 'Won time', 'Lost time'),
      owner: prefixed('Owner'),
      contact: [...prefixed('Contact person'), 'Person - Name'],
      contact_email: ['Person - Email - Work', 'Person - Email', 'Person - Email - Home', 'Person - Email - Other'],
      company: [...prefixed('Organization'), 'Organization - Name'],
      probability: prefixed('Probability'),
      lost_reason: prefixed('Lost reason'),
      tags: prefixed('Label'),
      created_at: prefixed('Deal created'),
    },
  },
];

/** Without these a file is none of deals. */
const SIGNS: Record<DealSystem['source'], string[][]> = {
  hubspot: [['deal name', 'deal stage']],
  salesforce: [
    ['opportunity name', 'stage'],
    ['name', 'stage name', 'close date'],
  ],
  pipedrive: [
    ['deal title', 'deal stage'],
    ['title', 'stage', 'value', 'status'],
  ],
};

export interface DealColumns {
  system: DealSystem;
  /** Field to the columns that may hold it, the best first, by their place. */
  places: Map<DealField, number[]>;
  /** Headers of which nothing is made. */
  spare: string[];
}

/** Whose export of deals the headers are of; undefined where they are of something else. */
export function recogniseDeals(headers: readonly string[]): DealColumns | undefined {
  const words = headers.map(headerWords);
  const system = SYSTEMS.find(({ source }) => SIGNS[source].some((sign) => sign.every((word) => words.includes(word))));
  if (system === undefined) return undefined;
  const places = new Map<DealField, number[]>();
  for (const field of DEAL_FIELDS) {
    const named = (system.columns[field] ?? []).map((name) => words.indexOf(headerWords(name))).filter((at) => at >= 0);
    if (named.length > 0) places.set(field, [...new Set(named)]);
  }
  const used = new Set([...places.values()].flat());
  return { system, places, spare: headers.filter((_, at) => !used.has(at)) };
}
