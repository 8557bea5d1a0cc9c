import { defineFeature } from '../../../server/platform/feature.ts';
import { routes } from './routes.ts';

export default defineFeature({ name: 'dashboard', routes });
