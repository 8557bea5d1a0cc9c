import type { Job } from '../../../server/platform/jobs.ts';

export interface Reminder {
  activity_id: string;
  /** The time that was asked for: a reminder that was put off since is another one's to give. */
  reminder_at: string;
}

/** Notifies an activity's owner, once. */
export const remind: Job<Reminder> = {
  name: 'activities.remind',
  async run(company, { activity_id, reminder_at }, _signal, events) {
    const [made] = await company.gate<{ notification_id: string; reader: string }>('remind_of_activity', [
      activity_id,
      reminder_at,
    ]);
    if (made === undefined) return;
    const { notification_id: id, reader: privateTo } = made;
    events?.publish({ companyId: company.context.companyId, table: 'notifications', id, action: 'created', privateTo });
  },
};
