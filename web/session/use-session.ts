import { useSyncExternalStore } from 'react';
import { session, type User } from './session.ts';

/** The person who is logged in; only for pages behind the login. */
export function useUser(): User {
  const user = useSyncExternalStore(session.subscribe, session.user);
  // For one render while leaving, the shell may still be mounted.
  return user ?? nobody;
}

const nobody: User = {
  // Unlike the empty value that stands for everybody in lists of people.
  id: 'nobody',
  email: '',
  first_name: '',
  last_name: '',
  role: 'sales_rep',
  company_id: null,
  company_name: null,
};
