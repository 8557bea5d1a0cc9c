/** A fault of the small server, the attack of the matrix that must see it, and at which endpoint. */
export interface Variant {
  bug: string;
  attack: number;
  at: string;
}

const variant = (attack: number, at: string, ...bugs: string[]): Variant[] => bugs.map((bug) => ({ bug, attack, at }));
const ITEM = '/api/contacts/{contact_id}';

export const variants: readonly Variant[] = [
  ...variant(1, `GET ${ITEM}`, 'read by id', 'forbidden or missing', 'another message', 'a longer answer', 'another header', 'a later answer', 'id of the owner in the error'),
  ...variant(2, `PATCH ${ITEM}`, 'patch by id', 'silent change'),
  ...variant(2, `PUT ${ITEM}`, 'put by id'),
  ...variant(3, `DELETE ${ITEM}`, 'delete by id'),
  ...variant(3, `POST ${ITEM}/restore`, 'restore by id'),
  ...variant(4, `GET ${ITEM}`, 'head by id', 'options by id'),
  ...variant(4, `DELETE ${ITEM}`, 'method override'),
  ...variant(5, 'GET /api/projects/{project_id}/tasks/{task_id}', 'child unread', 'parent unread'),
  ...variant(6, 'POST /api/deals', 'body takes any id', 'body tells'),
  ...variant(7, 'POST /api/contacts', 'company from the body'),
  ...variant(7, 'PATCH /api/me', 'role from the body'),
  ...variant(8, 'POST /api/contacts', 'id from the body'),
  ...variant(9, 'POST /api/contacts/batch-get', 'batch checks the first'),
  ...variant(10, 'DELETE /api/contacts', 'delete by filter over all'),
  ...variant(11, 'GET /api/deals', 'filter tells'),
  ...variant(12, 'GET /api/contacts', 'company from the cursor'),
  ...variant(13, 'GET /api/contacts', 'fields over all'),
  ...variant(14, 'GET /api/contacts', 'search over all'),
  ...variant(15, 'GET /api/contacts/count', 'count over all'),
  ...variant(15, 'GET /api/contacts/facets', 'facets over all'),
  ...variant(16, 'POST /api/contacts', 'unique over all'),
  ...variant(17, `POST ${ITEM}/merge`, 'merge takes any'),
  ...variant(18, 'GET /api/exports/{export_id}', 'export by id'),
  ...variant(18, 'POST /api/exports', 'export over all'),
  ...variant(19, 'GET /api/files/{file_id}', 'file by id', 'signature without file', 'signature unread', 'signature half read', 'link after deletion'),
  ...variant(20, 'GET /api/contacts', 'company from a header', 'company from the query', 'company from the host', 'company from a cookie'),
  ...variant(21, 'GET /api/me', 'token without algorithm', 'token key from a file', 'token with a guessed key', 'token signature unread', 'token after removal'),
  ...variant(22, 'GET /api/me', 'key by its beginning'),
  ...variant(22, `GET ${ITEM}`, 'key sees all'),
  ...variant(23, 'GET /api/realtime', 'join any channel', 'replay for all', 'told before login'),
  ...variant(24, 'POST /api/webhooks/crm', 'webhook unsigned', 'webhook company believed', 'webhook takes any id'),
  ...variant(25, 'POST /api/workflows', 'workflow takes any id', 'workflow shows'),
  ...variant(26, 'GET /api/contacts', 'cache without company', 'public cache'),
  ...variant(27, 'GET /api/contacts', 'shared variable'),
  ...variant(28, 'GET /api/admin/companies/{company_id}', 'staff unread', 'grant believed'),
  ...variant(29, 'GET /api/audit-logs', 'log by filter'),
  ...variant(29, 'GET /api/comments', 'comments over all'),
  ...variant(29, 'POST /api/comments', 'mention anybody'),
  ...variant(30, `GET ${ITEM}`, 'id in capitals', 'id in a list'),
  ...variant(31, 'POST /api/graphql', 'graphql by id'),
  ...variant(31, 'POST /api/rpc', 'rpc by id'),
  ...variant(31, `GET ${ITEM}`, 'old version'),
  ...variant(31, `GET ${ITEM}/card`, 'parameter twice'),
  ...variant(32, 'GET /api/open', 'open to all'),
  ...variant(32, 'GET /api/reports', 'no login asked'),
  ...variant(32, 'GET /share/{token}', 'link by id'),
];
