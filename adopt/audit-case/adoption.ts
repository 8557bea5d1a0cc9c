import type { Answers } from '../classify.ts';

/** What a person answered for the audited CRM: the roots, and what is looked up before the company is known. */
export const answers: Answers = {
  global: ['roles', 'alembic_version', 'celery_taskmeta'],
  globalKeys: ['users_email_key', 'sessions_token_key'],
};
