/**
 * Every SECURITY DEFINER function of schema `gate`, and why it may see past row-level security. A function that is not
 * listed here fails the catalog's test. Each proves its company by app.cid(), or by a secret that it is given.
 */
export const gates: Record<string, string> = {
  audit: 'trigger: writes the audit log, which the app itself may not write',
  visible_owners: 'part of the next two: whose records a user sees',
  session_state: "a token's session, before a company is set",
  api_key_state: "an API key's user, found by the key's hash before a company is set",
  platform_session_state: 'a super admin, who has no company',

  begin_login: 'finds the login by address before a company is known, and counts the attempt',
  fail_login: 'writes the failed attempt to the log of the company that it concerns',
  forgive_attempt: 'takes a counted attempt back: it has no company',
  open_session: 'opens a session for an identity, proven by the password hash that was checked',
  refresh_session: 'finds a session by its refresh token, before a company is set',
  refresh_platform_session: 'the same for a super admin, who has no company',
  log_out: "ends one's own session; the app may not write sessions",
  end_sessions: "ends one's own sessions, or for an admin the company's; the app may not write sessions",
  account: "one's own account, with what only login_identities knows",
  own_credentials: "one's own password hash and one-time-code secret, of login_identities, and counts the attempt",
  change_password: 'writes login_identities',
  reset_target: 'finds whom a forgotten password belongs to, before a company is known',
  create_password_reset: 'writes password_resets, which belongs to no company',
  reset_password: "sets a password by a letter's token, before a company is known",
  enrol_totp: 'writes login_identities',
  confirm_totp: 'writes login_identities',
  change_totp: 'writes login_identities',
  register_company: 'makes a company, before which there is none',
  email_available: 'addresses are unique over all companies: one bit, rate limited',

  holds_words: 'part of the two searches below: the words as conditions',
  find_deals: "the company's deals that the user sees, by indexes that a policy keeps from being used",
  find_activities: 'the same for activities',
  retire_stages: 'deletes stages and moves their deals, also those that are private to somebody, whom no admin sees',
  deals_in_stage: 'counts deals, also those that are private to somebody, whom no admin sees',
  notify: 'writes a notification for a colleague, who alone may read it',
  remind_of_activity: 'reads an activity that may be private to its owner, and notifies them',
};
