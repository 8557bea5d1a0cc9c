import '../tables.ts';
import { defineFeature } from '../../../server/platform/feature.ts';
import { mailInvitation } from './mail.ts';
import { routes } from './routes.ts';

export default defineFeature({ name: 'invitations', routes, jobs: [mailInvitation] });
