import type { Person } from '../../../test/harness.ts';

/** A pipeline as its company's admin makes it: two open stages, one that wins, one that loses. */
export async function makePipeline(admin: Person, name = 'Sales') {
  const stages = [
    { name: 'New', probability: 10 },
    { name: 'Offer', probability: 50 },
    { name: 'Won', probability: 100, is_won: true },
    { name: 'Lost', probability: 0, is_closed: true },
  ];
  const { body } = await admin.post('/api/pipelines', { name, stages });
  const [first, offer, won, lost] = body.stages.map((stage: { id: string }) => stage.id) as [
    string,
    string,
    string,
    string,
  ];
  return { id: body.id as string, first, offer, won, lost };
}

export const NOBODY = '01900000-0000-7000-8000-000000000000';
