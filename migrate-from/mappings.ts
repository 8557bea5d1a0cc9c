import type { SourceRow } from './source.ts';
import { between, customFieldsOf, dateOf, type IdOf, oneOf, tagsOf, textOf, times } from './values.ts';

/** How a table of the other CRM becomes rows here. */
export interface Mapping {
  from: string;
  into: string;
  /** Where it is not the table's name. */
  label?: string;
  /** Over the row `t`: the company of a row that does not say it itself. */
  company?: string;
  /** The row here, without its company; a text says why it cannot be brought. */
  map(row: SourceRow, idOf: IdOf): SourceRow | string;
  /** Rows of which nothing is to be made here, and which are accounted for elsewhere. */
  skips?(row: SourceRow): boolean;
  /** Rows here that are not told apart by (company_id, id). */
  key?: string[];
  /** Rows marked as deleted there lie in the bin here, from where they can be taken back. */
  hasBin?: true;
}

/** A team there is of no company: it is of that of all its people, if that is one. */
const companyOfTeam = `(select case when count(distinct u.company_id) = 1 then min(u.company_id::text) end from users u
  where to_jsonb(u) ->> 'team_id' = t.id::text or u.id::text = to_jsonb(t) ->> 'team_lead_id')`;
const companyOfUser = '(select u.company_id from users u where u.id = t.user_id)';

/** Whom or what it marks as deleted or switched off there must not be let in here. */
const isGone = (row: SourceRow) => row.is_deleted === true || row.is_active === false;

/** Parents first: what refers to a row comes after it. */
export const MAPPINGS: Mapping[] = [
  {
    from: 'companies',
    into: 'companies',
    key: ['id'],
    map: (row, idOf) => ({
      id: idOf('companies', row.id),
      name: textOf(row.name) ?? 'Unnamed',
      plan: textOf(row.plan) ?? 'trial',
      status:
        isGone(row) || ['suspended', 'inactive', 'cancelled', 'deleted'].includes(String(row.status))
          ? 'suspended'
          : 'active',
      email: textOf(row.email),
      phone: textOf(row.phone),
      address: textOf(row.address),
      city: textOf(row.city),
      state: textOf(row.state),
      zip: textOf(row.zip),
      domain: textOf(row.domain),
      logo_url: textOf(row.logo_url),
      timezone: textOf(row.timezone) ?? 'UTC',
      currency: /^[A-Z]{3}$/.test(String(row.currency)) ? row.currency : 'USD',
      subscription_status: textOf(row.subscription_status) ?? 'trialing',
      trial_ends_at: row.trial_ends_at ?? null,
      ...times(row),
    }),
  },
  {
    from: 'users',
    into: 'users',
    map: (row, idOf) =>
      row.company_id === null
        ? 'It has no company: staff of the platform are made with `bulkhead create-super-admin`.'
        : {
            id: idOf('users', row.id),
            email: textOf(row.email),
            user_role: oneOf(row.user_role, ['company_admin', 'sales_manager'], 'sales_rep'),
            status: row.status === 'active' && !isGone(row) ? 'active' : 'inactive',
            first_name: textOf(row.first_name) ?? String(row.email).split('@')[0],
            last_name: textOf(row.last_name) ?? '',
            phone: textOf(row.phone),
            avatar_url: textOf(row.avatar_url),
            timezone: textOf(row.timezone),
            language: textOf(row.language),
            title: textOf(row.title),
            department: textOf(row.department),
            location: textOf(row.location),
            bio: textOf(row.bio),
            ...times(row),
          },
  },
  {
    from: 'users',
    into: 'login_identities',
    label: 'users (login)',
    key: ['id'],
    map: (row, idOf) =>
      row.company_id === null
        ? 'It has no company.'
        : {
            id: idOf('login_identities', `login of ${row.id}`),
            user_id: idOf('users', row.id),
            email: textOf(row.email),
            // A hash of another kind could not be checked here: its owner chooses a password by "Forgot password".
            password_hash: String(row.hashed_password).startsWith('$argon2id$') ? row.hashed_password : null,
            created_at: times(row).created_at,
          },
  },
  {
    from: 'teams',
    into: 'teams',
    company: companyOfTeam,
    map: (row, idOf) => ({
      id: idOf('teams', row.id),
      name: textOf(row.name) ?? 'Team',
      description: textOf(row.description),
      ...times(row),
    }),
  },
  {
    from: 'users',
    into: 'team_members',
    label: 'users (team)',
    skips: (row) => row.team_id === null || row.team_id === undefined,
    map: (row, idOf) => ({
      id: memberId(idOf, row.team_id, row.id),
      team_id: idOf('teams', row.team_id),
      user_id: idOf('users', row.id),
    }),
  },
  {
    from: 'pipelines',
    into: 'pipelines',
    map: (row, idOf) => ({
      id: idOf('pipelines', row.id),
      name: textOf(row.name) ?? 'Sales',
      description: textOf(row.description),
      is_default: row.is_default === true,
      order_index: row.order_index ?? 0,
      ...times(row),
    }),
  },
  {
    from: 'pipeline_stages',
    into: 'pipeline_stages',
    company: '(select p.company_id from pipelines p where p.id = t.pipeline_id)',
    map: (row, idOf) => ({
      id: idOf('pipeline_stages', row.id),
      pipeline_id: idOf('pipelines', row.pipeline_id),
      name: textOf(row.name) ?? 'Stage',
      description: textOf(row.description),
      order_index: row.order_index ?? 0,
      probability: between(row.probability, 0, 100, 0),
      is_closed: row.is_closed === true || row.is_won === true,
      is_won: row.is_won === true,
      ...times(row),
    }),
  },
  {
    from: 'contacts',
    into: 'contacts',
    hasBin: true,
    map: (row, idOf) => ({
      id: idOf('contacts', row.id),
      first_name: textOf(row.first_name) ?? '',
      last_name: textOf(row.last_name) ?? '',
      ...copied(row, ['email', 'phone', 'mobile', 'company', 'title', 'type', 'department', 'website']),
      ...copied(row, ['address_line1', 'address_line2', 'city', 'state', 'postal_code', 'country']),
      ...copied(row, ['linkedin_url', 'twitter_handle']),
      notes: textOf(row.notes),
      status: oneOf(
        row.status,
        ['LEAD', 'PROSPECT', 'CONTACTED', 'QUALIFIED', 'UNQUALIFIED', 'CUSTOMER', 'INACTIVE'],
        'NEW',
      ),
      source: oneOf(
        row.source,
        ['website', 'referral', 'linkedin', 'cold_email', 'trade_show', 'social_media', 'other'],
        null,
      ),
      lead_score: Math.round(between(row.lead_score, 0, 1000, 0)),
      owner_id: idOf('users', row.owner_id),
      tags: tagsOf(row.tags),
      custom_fields: customFieldsOf(row.custom_fields),
      ...times(row),
    }),
  },
  {
    from: 'deals',
    into: 'deals',
    hasBin: true,
    map: (row, idOf) => ({
      id: idOf('deals', row.id),
      title: textOf(row.title) ?? 'Untitled',
      description: textOf(row.description),
      value: row.value ?? 0,
      currency: /^[A-Z]{3}$/.test(String(row.currency)) ? row.currency : 'USD',
      pipeline_id: idOf('pipelines', row.pipeline_id),
      stage_id: idOf('pipeline_stages', row.stage_id),
      status: oneOf(row.status, ['open', 'won', 'lost', 'abandoned'], 'open'),
      owner_id: idOf('users', row.owner_id),
      contact_id: idOf('contacts', row.contact_id),
      ...copied(row, ['company', 'won_reason', 'lost_reason']),
      expected_close_date: dateOf(row.expected_close_date),
      actual_close_date: dateOf(row.actual_close_date),
      stage_entered_at: row.stage_entered_at ?? times(row).created_at,
      probability: between(row.probability, 0, 100, 0),
      tags: tagsOf(row.tags),
      custom_fields: customFieldsOf(row.custom_fields),
      ...times(row),
    }),
  },
  {
    from: 'activities',
    into: 'activities',
    hasBin: true,
    map: (row, idOf) => ({
      id: idOf('activities', row.id),
      type: oneOf(row.type, ['call', 'email', 'meeting', 'task', 'note', 'deadline'], 'task'),
      subject: textOf(row.subject) ?? 'Untitled',
      description: textOf(row.description),
      // Overdue is what a pending one is by itself, once its day is over.
      status: oneOf(row.status, ['completed', 'cancelled'], 'pending'),
      due_date: row.due_date ?? null,
      completed_at: row.completed_at ?? null,
      duration_minutes: row.duration_minutes ?? null,
      owner_id: idOf('users', row.owner_id),
      contact_id: idOf('contacts', row.contact_id),
      deal_id: idOf('deals', row.deal_id),
      location: textOf(row.location),
      outcome: textOf(row.outcome),
      priority: Math.round(between(row.priority, 0, 3, 0)),
      custom_fields: customFieldsOf(row.custom_fields),
      ...times(row),
    }),
  },
  {
    from: 'notifications',
    into: 'notifications',
    company: companyOfUser,
    map: (row, idOf) => ({
      id: idOf('notifications', row.id),
      user_id: idOf('users', row.user_id),
      title: textOf(row.title) ?? '',
      message: textOf(row.message) ?? '',
      type: oneOf(row.type, ['info', 'success', 'warning', 'error'], 'info'),
      link: textOf(row.link),
      read_at: row.read === true ? times(row).updated_at : null,
      created_at: times(row).created_at,
    }),
  },
  {
    from: 'audit_logs',
    into: 'audit_logs',
    company: companyOfUser,
    map: (row, idOf) => ({
      id: idOf('audit_logs', row.id),
      user_id: idOf('users', row.user_id),
      action: textOf(row.action) ?? 'update',
      resource_type: textOf(row.resource_type) ?? '',
      resource_id: idOf(String(row.resource_type), row.resource_id),
      changes: row.changes ?? {},
      description: textOf(row.description),
      ...copied(row, ['ip_address', 'user_agent', 'request_method', 'request_path']),
      extra_data: { ...(row.extra_data as object | null), user_email: row.user_email ?? null, migrated: true },
      created_at: times(row).created_at,
    }),
  },
  {
    from: 'security_logs',
    into: 'security_logs',
    company: companyOfUser,
    map: (row, idOf) => ({
      id: idOf('security_logs', row.id),
      event_type: textOf(row.event_type),
      severity: oneOf(row.severity, ['warning', 'critical'], SEVERITIES[String(row.severity)] ?? 'info'),
      user_id: idOf('users', row.user_id),
      user_email: textOf(row.user_email),
      description: textOf(row.description) ?? '',
      details: { ...(row.details as object | null), migrated: true },
      ...copied(row, ['ip_address', 'user_agent', 'location', 'action_taken']),
      created_at: times(row).created_at,
    }),
  },
];

const SEVERITIES: Record<string, string> = { medium: 'warning', high: 'critical', error: 'critical' };

/** Of one person in one team. */
export const memberId = (idOf: IdOf, team: unknown, user: unknown) =>
  idOf('team_members', `member ${String(user)} of ${String(team)}`);

const copied = (row: SourceRow, names: readonly string[]): SourceRow =>
  Object.fromEntries(names.map((name) => [name, textOf(row[name])]));

/** Why tables that Bulkhead knows otherwise are left where they are. */
export const LEFT: Record<string, string> = {
  sessions: 'People log in anew.',
  roles: 'No user there points at it: what people may do goes by the role that they brought with them.',
};
export const NO_PLACE = 'Bulkhead has no such table yet.';
