import type { Cell } from '../matrix.ts';
import type { ProbeResult } from '../result.ts';

/** An endpoint in the coverage matrix, and what came of each attack on it, in the order of the attacks. */
export interface Row {
  endpoint: ProbeResult['endpoints'][number];
  /** `GET /api/contacts` */
  title: string;
  cells: readonly Cell[];
}

/** Endpoint by attack. What nothing is told of was not reached. */
export function rowsOf({ attacks, cells, endpoints }: ProbeResult): Row[] {
  const at = new Map(cells.map((cell) => [`${cell.endpoint} ${cell.number}`, cell]));
  return endpoints.map((endpoint) => {
    const title = `${endpoint.method} ${endpoint.path}`;
    const cellOf = ({ number, name }: ProbeResult['attacks'][number]): Cell =>
      at.get(`${title} ${number}`) ?? {
        endpoint: title,
        number,
        attack: name,
        outcome: 'not reached',
        attempts: 0,
        reason: '',
      };
    return { endpoint, title, cells: attacks.map(cellOf) };
  });
}
