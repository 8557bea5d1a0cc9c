import { runAudit } from '../audit/runs.ts';
import { runProcess } from './run-process.ts';

await runProcess('auditor', runAudit);
