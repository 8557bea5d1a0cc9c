import '../tables.ts';
import { defineFeature } from '../../../server/platform/feature.ts';
import { purgeCompany } from './purge.ts';
import { routes } from './routes.ts';

export default defineFeature({ name: 'companies', routes, jobs: [purgeCompany] });
