import { defineFeature } from '../../../server/platform/feature.ts';
import { cleanUp } from './clean-up.ts';

export default defineFeature({ name: 'retention', jobs: [cleanUp] });
