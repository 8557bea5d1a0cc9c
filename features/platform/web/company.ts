import type { Item } from '../../../web/api/client.ts';
import type { Tone } from '../../../web/kit/status.tsx';

export type PlatformCompany = Item<'/api/platform/companies'>;

export const tones: Record<PlatformCompany['status'], Tone> = { active: 'good', suspended: 'bad', deleted: 'idle' };
export const statuses = Object.keys(tones) as PlatformCompany['status'][];

export const isTrial = (company: PlatformCompany) =>
  company.subscription_status === 'trialing' && company.trial_ends_at !== null;

/** As short as the server takes a reason. */
export const REASON_LENGTH = 5;

/** Plans that are offered; any other may be typed. */
export const plans = ['trial', 'free', 'starter', 'professional', 'enterprise'];
export const subscriptions = ['trialing', 'active', 'past_due', 'canceled'] as const;
export type Subscription = (typeof subscriptions)[number];
