import { type Activity, type ActivityType, fromField, toField } from './activity.ts';
import type { Defaults } from './activity-form.tsx';

/** Minutes before the due time; '' for none, 'at' for a moment of its own. */
export const reminderChoices = ['', '0', '10', '60', '1440', 'at'] as const;

export interface Values {
  type: ActivityType;
  subject: string;
  due: string;
  duration_minutes: string;
  reminder: string;
  reminderAt: string | null;
  priority: string;
  contact_id: string | null;
  contact_name: string | null;
  deal_id: string | null;
  deal_title: string | null;
  owner_id: string;
  location: string;
  description: string;
}

const MINUTE = 60_000;

export const valuesOf = (owner_id: string, { due_date, contact, deal }: Defaults = {}): Values => ({
  type: 'call',
  subject: '',
  due: toField(due_date),
  duration_minutes: '',
  reminder: '',
  reminderAt: null,
  priority: '0',
  contact_id: contact?.id ?? null,
  contact_name: contact?.name ?? null,
  deal_id: deal?.id ?? null,
  deal_title: deal?.title ?? null,
  owner_id,
  location: '',
  description: '',
});

export function fieldsOf(activity: Activity): Values {
  const { due_date: due, reminder_at: reminderAt } = activity;
  const before = due && reminderAt ? String((Date.parse(due) - Date.parse(reminderAt)) / MINUTE) : 'at';
  const isUsual = (reminderChoices as readonly string[]).includes(before);
  return {
    type: activity.type,
    subject: activity.subject,
    due: toField(due),
    duration_minutes: activity.duration_minutes === null ? '' : String(activity.duration_minutes),
    reminder: reminderAt ? (isUsual ? before : 'at') : '',
    reminderAt,
    priority: String(activity.priority),
    contact_id: activity.contact_id,
    contact_name: activity.contact_name,
    deal_id: activity.deal_id,
    deal_title: activity.deal_title,
    owner_id: activity.owner_id,
    location: activity.location ?? '',
    description: activity.description ?? '',
  };
}

export function toBody(values: Values) {
  const due_date = fromField(values.due);
  return {
    type: values.type,
    subject: values.subject.trim(),
    due_date,
    reminder_at: reminderOf(values, due_date),
    duration_minutes: values.duration_minutes.trim() === '' ? null : Number(values.duration_minutes),
    priority: Number(values.priority),
    contact_id: values.contact_id,
    deal_id: values.deal_id,
    owner_id: values.owner_id,
    location: values.location.trim() || null,
    description: values.description.trim() || null,
  };
}

function reminderOf({ reminder, reminderAt }: Values, due: string | null): string | null {
  if (reminder === '') return null;
  if (reminder === 'at') return reminderAt;
  return due && new Date(Date.parse(due) - Number(reminder) * MINUTE).toISOString();
}
