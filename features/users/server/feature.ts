import '../tables.ts';
import { defineFeature } from '../../../server/platform/feature.ts';
import { confirmAddress } from './email-mail.ts';
import { routes } from './routes.ts';

export default defineFeature({ name: 'users', routes, jobs: [confirmAddress] });
