import { readFileSync } from 'node:fs';
import { apply } from '../apply.ts';
import { readPlan } from '../plan-file.ts';

// Applies the plan and kills itself at the given event, as kill -9 would.
const [url = '', file = '', at = ''] = process.argv.slice(2);
let events = 0;
await apply(url, readPlan(readFileSync(file, 'utf8')), {
  through: 'force',
  batchRows: 100,
  onProgress: () => {
    events += 1;
    if (events === Number(at)) process.kill(process.pid, 'SIGKILL');
  },
});
