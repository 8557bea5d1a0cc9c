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

  // contacts
  search_contacts:
    "Text operators are not leakproof: only past the policies does their index serve. The context's company.",

  // deals
  deal_entered_stage: 'A trigger: no path can move a deal without its history, which the app may not write.',
};
