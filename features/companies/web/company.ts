import { type Answer, answer, api } from '../../../web/api/client.ts';

type Seen = Answer<'/api/companies/{company_id}', 'get'>;

/** A company as its own people see it; the platform's staff is answered otherwise. */
export type Company = Extract<Seen, { version: number }>;

/** The answer to one of the company's own people. */
export function own(company: Seen): Company {
  if (!('version' in company)) throw new TypeError('the company was read by the staff of the platform');
  return company;
}

export const readOwn = async (id: string): Promise<Company> =>
  own(await answer(api.GET('/api/companies/{company_id}', { params: { path: { company_id: id } } })));
