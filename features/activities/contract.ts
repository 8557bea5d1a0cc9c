import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, Nullable, OneOf, Text, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

export const activityTypes = ['call', 'email', 'meeting', 'task', 'note', 'deadline'] as const;
const settable = ['pending', 'completed', 'cancelled'] as const;
const statuses = ['pending', 'completed', 'overdue', 'cancelled'] as const;
const minutes = Type.Integer({ minimum: 0, maximum: 100_000 });

const fields = {
  type: OneOf(activityTypes),
  subject: Text(255, 1),
  description: Nullable(Text(50_000)),
  due_date: Nullable(Timestamp),
  duration_minutes: Nullable(minutes),
  owner_id: Id,
  private_to: Nullable(
    Type.String({ format: 'uuid', description: 'Only this user sees it; one can only name oneself.' }),
  ),
  contact_id: Nullable(Id),
  deal_id: Nullable(Id),
  location: Nullable(Text(255)),
  outcome: Nullable(Text(500)),
  priority: Type.Integer({ minimum: 0, maximum: 3, description: '0 is none, 3 is highest.' }),
  reminder_at: Nullable(Type.String({ format: 'date-time', description: 'When its owner is notified.' })),
  custom_fields: Type.Record(Type.String(), Type.Unknown()),
};
const written = { ...fields, status: OneOf(settable) };

export const ActivityCreate = Body({
  ...Type.Partial(Type.Object(written)).properties,
  type: fields.type,
  subject: fields.subject,
});
export const ActivityChange = Type.Partial(Body(written), { minProperties: 1, additionalProperties: false });
export const Completion = Body({
  outcome: Type.Optional(Nullable(Text(500))),
  duration_minutes: Type.Optional(Nullable(minutes)),
});
export const Activity = Type.Object({
  id: Id,
  ...fields,
  contact_name: Nullable(Type.String({ description: 'Null where the caller does not see the contact.' })),
  deal_title: Nullable(Type.String({ description: 'Null where the caller does not see the deal.' })),
  status: Type.Unsafe<(typeof statuses)[number]>({
    ...OneOf(statuses),
    description: 'An activity that is pending is overdue once its due date has passed.',
  }),
  completed_at: Nullable(Timestamp),
  reminded_at: Nullable(Timestamp),
  deleted_at: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});
export const ActivityParams = IdParams('activity_id');
export const ActivityPage = PageOf(Activity);
const filters = {
  type: Type.Optional(OneOf(activityTypes)),
  status: Type.Optional(OneOf(statuses)),
  open: Type.Optional(Type.Boolean({ description: 'Still to be done, whether overdue or not.' })),
  overdue: Type.Optional(Type.Boolean()),
  owner_id: Type.Optional(Id),
  team_id: Type.Optional(Type.String({ format: 'uuid', description: 'Of whoever is in this team.' })),
  contact_id: Type.Optional(Id),
  deal_id: Type.Optional(Id),
  priority: Type.Optional(fields.priority),
  due_from: Type.Optional(Timestamp),
  due_to: Type.Optional(Timestamp),
  completed_from: Type.Optional(Timestamp),
  completed_to: Type.Optional(Timestamp),
  deleted: Type.Optional(Type.Boolean({ description: 'The bin instead: what was deleted and can be restored.' })),
};
export const activityFilters = Object.keys(filters) as (keyof typeof filters)[];
export const ActivityQuery = Type.Object(
  {
    ...PageQuery,
    search: Type.Optional(Text(200)),
    ...filters,
    sort: Type.Optional(
      Type.String({
        maxLength: 50,
        description:
          'due_date, completed_at, created_at or updated_at; `-` before it for descending. What is never due, or not done, ' +
          'comes last.',
      }),
    ),
  },
  // `cf.<key>`: equal to a custom field; contains it, where the field holds several.
  { additionalProperties: false, patternProperties: { '^cf\\.[a-z][a-z0-9_]{0,49}$': Text(500) } },
);

export type Activity = Static<typeof Activity>;
export type ActivityCreate = Static<typeof ActivityCreate>;
export type ActivityChange = Static<typeof ActivityChange>;
export type ActivityQuery = Static<typeof ActivityQuery>;
