import '../tables.ts';
import { defineFeature } from '../../../server/platform/feature.ts';
import { remind } from './jobs.ts';
import { routes } from './routes.ts';

export default defineFeature({ name: 'activities', routes, jobs: [remind] });
