import '../tables.ts';
import { defineFeature } from '../../../server/platform/feature.ts';
import type { Job } from '../../../server/platform/jobs.ts';
import { dropUploads } from './drop-uploads.ts';
import { routes } from './routes.ts';
import { runImport } from './run-import.ts';
import { undoImport } from './undo-import.ts';

export default defineFeature({ name: 'imports', routes, jobs: [runImport as Job, undoImport as Job, dropUploads] });
