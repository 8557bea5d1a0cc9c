import { writePast } from '../server/tenancy/history.ts';
import { tellCompany } from './company.ts';
import { tellContacts } from './contacts.ts';
import { tellCare, tellCompanyNews, tellDealNews, tellDesk, tellWork } from './days.ts';
import { tellDeal, tellPipeline, tidyPipeline } from './deals.ts';
import { nadan } from './nadan/company.ts';
import type { DemoCompany } from './shape.ts';
import { sunstone } from './sunstone/company.ts';

export const stories: readonly DemoCompany[] = [sunstone, nadan];
export const SUPER_ADMIN = 'platform@bulkhead.example';

export interface LoadOptions {
  adminUrl: string;
  /** The day that it all leads up to, such as 2026-01-31. */
  today: string;
  /** Password hashes by address. */
  hashes: ReadonlyMap<string, string>;
  /** Removes the demo that is there first, whatever else is there. */
  replace?: boolean;
  /** Called before anything is final; when it fails, nothing is. */
  beforeCommit?: () => void;
}

/** Loads the demo where there is neither company nor login yet, or anew: whether it did. All of it or nothing. */
export function loadDemo({ adminUrl, today, hashes, replace = false, beforeCommit }: LoadOptions): Promise<boolean> {
  return writePast(adminUrl, async (past) => {
    if (replace)
      await past.remove(
        stories.map(({ domain }) => domain),
        SUPER_ADMIN,
      );
    else if (!(await past.isEmpty())) return false;
    await past.insertGlobal(`${today}T00:00:00Z`, 'login_identities', {
      email: SUPER_ADMIN,
      is_super_admin: true,
      first_name: 'Platform',
      last_name: 'Staff',
      password_hash: hashes.get(SUPER_ADMIN) ?? null,
    });
    for (const story of stories) {
      const teller = await tellCompany(past, story, today, hashes);
      const pipeline = await tellPipeline(teller);
      const contactIds = await tellContacts(teller);
      for (const deal of story.deals) {
        const told = await tellDeal(teller, pipeline, deal, contactIds);
        await tellWork(teller, told, story.deals.length < 10 ? 5 : 2);
        await tellDealNews(teller, told);
      }
      await tidyPipeline(teller, pipeline);
      await tellDesk(teller);
      await tellCompanyNews(teller);
      const withDeals = new Set(story.deals.map(({ contact }) => contact));
      for (const [place, id] of contactIds.entries()) {
        if (!withDeals.has(place)) await tellCare(teller, id, place);
      }
    }
    beforeCommit?.();
    return true;
  });
}
