/**
 * The SECURITY DEFINER functions of the schema gate, each with the reason why it may reach past the policies. They are
 * the whole list: a test compares it with the live database both ways. Sorted by feature.
 */
export const gates: Record<string, string> = {
  // the core
  audit: 'Writes the audit log, which the app may neither forge nor leave out.',
  visible_owners: 'Reads teams before a context exists; called by other gates only.',
  session_state: 'What a signed token is worth: no company is known before it answers.',
  api_key_state: 'The key is the proof of its company.',
  platform_session_state: 'Super admins have no company, and so no tables.',

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

  enqueue: "adds a job to the queue's schema, where the app has no rights; company and user come from the context",
  company_jobs: "the company's own jobs, without what they were given",
  cancel_job: "takes back a waiting job of the company's own",
  cancel_job_by_key: 'the same by the key under which it was enqueued',
  retry_job: "tries a job of the company's own again",
  deal_entered_stage: 'trigger: writes the stage history, which the app itself may not write',
  import_actor: "whose records an import's user sees now, of whichever user's import the caller sees",
  claim_import: 'one import of a company at a time, those of users whom the caller cannot see among them',
  import_matches: "tells that a colleague has a contact, not which: its id only where the import's user sees it",
  search_contacts:
    "text operators are not leakproof, so their index serves only past the policies: the context's company",

  // companies and platform
  end_acting: 'A super admin who acts ends their own session; the platform log is global.',
  platform_act:
    'Opens the limited session in which a super admin acts for a company. Asks for a live platform session.',
  platform_audit_page: 'The platform log is global. Asks for a live platform session.',
  platform_companies: 'Figures per company, never its rows. Asks for a live platform session.',
  platform_end_acting: 'A super admin ends what they opened. Asks for a live platform session.',
  platform_figures: 'Figures of the whole platform. Asks for a live platform session.',
  platform_me: 'A super admin has no row of a company. Asks for a live platform session.',
  platform_rename_me: 'A super admin has no row of a company. Asks for a live platform session.',
  platform_set_status: 'Suspends, reinstates or deletes a company. Asks for a live platform session.',
  purge_company: "Deletes the context's own company, if it was marked deleted: the app may not delete companies.",
  take_minutes: 'Lets a purge outlast the time limit of a request.',

  // users
  address_logs_in: 'The worker must not mail a link to an address that logs in elsewhere; logins are global.',
  confirm_email: 'The token of the mail is the proof of its company; logins are global.',
  follow_user: 'A trigger: logins are global, and must follow their user.',
  reassign_records: "Rows private to the leaver are hidden from the admin who hands them over. The context's company.",
  record_owner: "Explains to an admin why a row is hidden from somebody: its owner only. The context's company.",
  visibility_of: "Whose records a colleague sees. The context's company.",
};
