// Runs one import in a process of its own, so that nothing else is measured: seconds and memory as JSON.
import { createDoor } from '../../../../server/tenancy/door.ts';
import { connect } from '../../../../server/tenancy/pool.ts';
import '../../tables.ts';
import '../../../contacts/tables.ts';
import '../../../custom-fields/tables.ts';
import { runImport } from '../run-import.ts';
import { undoImport } from '../undo-import.ts';

const [url = '', companyId = '', userId = '', importId = '', work = 'import'] = process.argv.slice(2);
const door = createDoor(connect({ connectionString: url, max: 2 }));
const company = door.asCompany({ companyId, userId, owners: '*' });
const job = work === 'undo' ? undoImport : runImport;
let heap = 0;
// Whatever was only garbage is gone before it is measured: what is left would grow with the file.
const watch = setInterval(() => {
  globalThis.gc?.();
  heap = Math.max(heap, process.memoryUsage().heapUsed);
}, 500);
const started = performance.now();
const cpu = process.cpuUsage();
await job.run(company, { import_id: importId }, new AbortController().signal);
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpu);
clearInterval(watch);
await door.close();
const megabytes = (bytes: number) => Math.round(bytes / 1e6);
process.stdout.write(
  JSON.stringify({
    seconds,
    cpuSeconds: (user + system) / 1e6,
    heapMb: megabytes(heap),
    peakRssMb: megabytes(process.resourceUsage().maxRSS * 1024),
  }),
);
