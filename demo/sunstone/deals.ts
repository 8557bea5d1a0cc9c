import { Chance } from '../chance.ts';
import type { DemoDeal } from '../shape.ts';

/**
 * What each contact but the last, who is private to one user, has built: the sites, the kinds of work there, and what
 * it costs from and to, in thousands.
 */
const work: readonly [
  sites: string,
  number: string,
  kinds: readonly string[],
  from: number,
  to: number,
  deals: number,
][] = [
  ['Saguaro Ridge', 'lot', ['rooftop array', 'array with battery', 'solar-ready roof'], 14, 31, 15],
  ['Paloverde Court', 'house', ['rooftop array', 'array with battery'], 15, 29, 9],
  ['Vista del Oro', 'villa', ['tile roof and array', 'rooftop array', 'roof repair'], 8, 38, 13],
  ['Mesquite Schools', 'building', ['flat-roof array', 'shade canopy with panels', 'membrane roof'], 90, 410, 7],
  ['Copperleaf', 'block', ['flat-roof array', 'membrane roof', 'cool-roof coating'], 48, 220, 10],
  ['Rincon Cold Storage', 'hall', ['array with battery', 'standing-seam roof'], 130, 360, 3],
  ['Dry Creek', 'barn', ['ground-mount array', 'pump array', 'array with battery'], 26, 145, 5],
  ['Lantern Hill', 'hall', ['rooftop array', 'shingle roof'], 22, 60, 2],
  ['Ocotillo Inn', 'wing', ['flat-roof array', 'carport canopy'], 65, 190, 8],
  ['Adobe & Beam', 'job', ['shingle roof', 'shingle roof and array', 'rooftop array'], 11, 42, 13],
  ['Sonoita Springs', 'terrace', ['tile roof', 'shared array'], 34, 120, 8],
  ['Santa Rita Ceramics', 'kiln house', ['standing-seam roof', 'flat-roof array'], 80, 170, 3],
];

const open: readonly [stage: string, deals: number][] = [
  ['New enquiry', 5],
  ['Site visit booked', 5],
  ['Survey done', 4],
  ['Design', 5],
  ['Quote sent', 7],
  ['Financing', 3],
  ['Negotiation', 4],
  ['Contract out', 3],
];

/** 96 deals: 36 are open, 39 won, 21 lost. Most of those that began last have had no time to end. */
export function sunstoneDeals(sinceOf: readonly number[]): readonly DemoDeal[] {
  const chance = new Chance(96);
  const all = work.flatMap(([site, unit, kinds, from, to, count], contact) =>
    Array.from({ length: count }, (_, index) => ({ site, unit, kinds, from, to, contact, index })),
  );
  const begun = all
    .map((deal) => ({ ...deal, began: chance.whole(3, (sinceOf[deal.contact] ?? 10) - 2) }))
    .map((deal) => ({ deal, turn: deal.began * (0.5 + chance.fraction()) }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ deal }) => deal);
  const stages = [...open.flatMap(([stage, count]) => Array<string>(count).fill(stage)), ...ends(chance)];
  return begun.map(({ site, unit, kinds, from, to, contact, index, began }, place) => {
    const kind = chance.pick(kinds);
    const value = chance.whole(from * 20, to * 20) * 50;
    const kilowatts = Math.round(value / 290) / 10;
    const withArray = /array|panels|canopy/.test(kind);
    return {
      title: `${site}, ${unit} ${index * 3 + chance.whole(1, 3)}: ${withArray ? `${kilowatts} kW ${kind}` : kind}`,
      contact,
      value,
      stage: stages[place]!,
      began,
      tags: kind.includes('battery') ? ['battery'] : withArray ? [] : ['roof only'],
      custom: {
        financing: chance.pick(['Cash', 'Loan', 'Lease', 'Grant']),
        ...(withArray ? { system_kw: kilowatts } : {}),
        ...(place < 36 ? { install_by: { inDays: chance.whole(30, 150) } } : {}),
      },
    };
  });
}

function ends(chance: Chance): string[] {
  const left = { Won: 39, Lost: 21 };
  return Array.from({ length: 60 }, () => {
    const stage = chance.fraction() * (left.Won + left.Lost) < left.Won ? 'Won' : 'Lost';
    left[stage] -= 1;
    return stage;
  });
}
