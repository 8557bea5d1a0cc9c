/** What lies in the data folder and belongs to no company, each with its reason. */
export const COMMON_FOLDERS: Readonly<Record<string, string>> = {
  postgres: 'the database server’s own files',
  'secret.key': 'the installation’s key',
  mail: 'letters of an installation that has no mail server yet; nothing serves them',
};
