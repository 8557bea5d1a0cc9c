import { afterAll, vi } from 'vitest';
import type { Feature } from '../server/platform/feature.ts';
import { closeMailer } from '../server/platform/mail/mailer.ts';
import { openMailbox } from '../server/platform/mail/testing/mailbox.ts';
import type { World } from './harness.ts';
import { runJobs } from './jobs.ts';

export interface Letters {
  /** Runs the jobs of these features, and gives the path of the link in the last letter that reached the address. */
  link(to: string, features: readonly Feature[]): Promise<string>;
}

/** A real SMTP server that takes the world's letters; it closes when the test file ends. */
export async function receiveLetters(world: World): Promise<Letters> {
  const mailbox = await openMailbox();
  vi.stubEnv('SMTP_URL', mailbox.url);
  closeMailer();
  afterAll(async () => {
    closeMailer();
    vi.unstubAllEnvs();
    await mailbox.close();
  });
  return {
    async link(to, features) {
      await runJobs(world, features);
      const letter = await vi.waitFor(() => {
        const found = mailbox.letters.findLast((each) => JSON.stringify(each.to).includes(to));
        if (!found) throw new Error(`no letter to ${to}`);
        return found;
      });
      const { pathname, search } = new URL(/https?:\S+/.exec(letter.text ?? '')?.[0] ?? '');
      return pathname + search;
    },
  };
}
