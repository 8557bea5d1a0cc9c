import { setPriority } from 'node:os';
import { runProbe } from '../audit/probe/own/runs.ts';
import { runProcess } from './run-process.ts';

// Whoever uses the server goes first.
setPriority(10);
await runProcess('prober', (door, adminUrl, run, log) => runProbe(door, adminUrl, run, undefined, log));
