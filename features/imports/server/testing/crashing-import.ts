// A worker in a process of its own, to be killed: runs one import, a line for each batch.
import { discoverFeatures } from '../../../../server/discover.ts';
import { createDoor } from '../../../../server/tenancy/door.ts';
import { connect } from '../../../../server/tenancy/pool.ts';
import { runImport } from '../run-import.ts';

await discoverFeatures();
const [url = '', companyId = '', userId = '', importId = ''] = process.argv.slice(2);
const door = createDoor(connect({ connectionString: url, max: 2 }));
await runImport.run(
  door.asCompany({ companyId, userId, owners: '*' }),
  { import_id: importId },
  new AbortController().signal,
);
await door.close();
